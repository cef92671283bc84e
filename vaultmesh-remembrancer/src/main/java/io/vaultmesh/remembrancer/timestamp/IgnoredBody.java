package io.vaultmesh.remembrancer.timestamp;

import java.net.http.HttpResponse.BodySubscriber;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;

/** Reads nothing: the status says enough, and its page need have no end. */
final class IgnoredBody implements BodySubscriber<byte[]> {

    @Override
    public void onSubscribe(Flow.Subscription started) {
        started.cancel();
    }

    @Override
    public void onNext(List<ByteBuffer> buffers) {
        // cancelled before anything was asked for
    }

    @Override
    public void onError(Throwable brokenOff) {
        // the answer is complete without it
    }

    @Override
    public void onComplete() {
        // the answer is complete without it
    }

    @Override
    public CompletionStage<byte[]> getBody() {
        return CompletableFuture.completedFuture(new byte[0]);
    }
}
