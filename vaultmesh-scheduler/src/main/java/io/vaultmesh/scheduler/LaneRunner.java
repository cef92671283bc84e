package io.vaultmesh.scheduler;

import io.vaultmesh.core.check.RefutedException;
import io.vaultmesh.core.check.Verdict;
import io.vaultmesh.core.hash.Hash;
import io.vaultmesh.core.hash.Hashing;
import io.vaultmesh.core.json.JsonObject;
import io.vaultmesh.core.log.Checkpoint;
import io.vaultmesh.core.log.TrustedCheckpoint;
import io.vaultmesh.remembrancer.Namespace;
import io.vaultmesh.remembrancer.anchor.Attestation;
import io.vaultmesh.remembrancer.anchor.Finality;
import io.vaultmesh.remembrancer.memory.AnchorRecord;
import io.vaultmesh.remembrancer.memory.Body;
import io.vaultmesh.scheduler.anchor.Anchor;
import io.vaultmesh.scheduler.anchor.AnchorException;
import io.vaultmesh.scheduler.anchor.Trouble;
import io.vaultmesh.scheduler.cadence.PhiBackoff;
import io.vaultmesh.scheduler.cadence.Window;
import io.vaultmesh.scheduler.config.Lane;
import io.vaultmesh.scheduler.journal.Failure;
import io.vaultmesh.scheduler.journal.Intent;
import io.vaultmesh.scheduler.journal.Journal;
import io.vaultmesh.scheduler.journal.Progress;
import io.vaultmesh.scheduler.ops.LaneFact;
import io.vaultmesh.scheduler.plan.LaneState;
import io.vaultmesh.scheduler.plan.Skip;
import io.vaultmesh.scheduler.plan.Stage;
import io.vaultmesh.scheduler.plan.Step;
import io.vaultmesh.scheduler.plan.TargetState;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes the steps of a plan. What each one does is durable before the next begins: the intent before anything is sent, the
 * evidence before it is verified, the record before the journal forgets. Thread-safe, if no two steps are of one lane.
 */
final class LaneRunner {

    private static final Logger LOG = LoggerFactory.getLogger(Scheduler.class);
    private static final Duration POLL = Duration.ofSeconds(30);

    private final Engine engine;
    private final Journal journal;
    private final Map<String, Anchor> targets;
    private final InstantSource clock;
    private final RandomGenerator random;
    private final Consumer<LaneEvent> events;
    private final BooleanSupplier closed;

    LaneRunner(
            Engine engine,
            Journal journal,
            Map<String, Anchor> targets,
            InstantSource clock,
            RandomGenerator random,
            Consumer<LaneEvent> events,
            BooleanSupplier closed) {
        this.engine = engine;
        this.journal = journal;
        this.targets = Map.copyOf(targets);
        this.clock = clock;
        this.random = random;
        this.events = events;
        this.closed = closed;
    }

    /** Takes a step, and those that can follow at once. It throws nothing that isn't an error of the machine. */
    void take(Step step) {
        Lane lane = step.lane();
        Anchor target = target(lane);
        if (closed.getAsBoolean() || !engine.isCurrent(lane, target)) {
            engine.letGo(step, target); // to the next scheduler, or to what has the target's name now
            return;
        }
        Instant began = clock.instant();
        boolean verifying = step.act() == Step.Act.VERIFY;
        if (!verifying) {
            Optional<Skip.Reason> waits = engine.begin(lane, began);
            if (waits.isPresent()) {
                tell(lane, new LaneFact.Skipped(waits.get()));
                return;
            }
        }
        try {
            if (!verifying) {
                send(step, target);
            } else {
                requireOfThisLog(lane);
            }
            verifying = true;
            verify(lane, target, began);
        } catch (AnchorException e) {
            failed(lane, target, e, verifying, began);
        } catch (RuntimeException e) {
            failed(lane, target, new AnchorException(Trouble.UNKNOWN_OUTCOME, e.toString()), verifying, began);
        } catch (Error e) {
            pause(lane, false, PhiBackoff.LONGEST); // it isn't lost with what went wrong
            throw e;
        }
    }

    /** A step isn't taken: its lane is planned again. */
    void letGo(Step step) {
        engine.letGo(step, target(step.lane()));
    }

    private Anchor target(Lane lane) {
        return Optional.ofNullable(targets.get(lane.target())).orElseThrow();
    }

    /** Whatever comes of it, the target's state hears of it once. */
    private void send(Step step, Anchor target) {
        Lane lane = step.lane();
        boolean asked = false;
        boolean answered = false;
        try {
            if (step.act() == Step.Act.ANCHOR) {
                intend(lane, target);
            } else {
                requireOfThisLog(lane);
            }
            Intent intent = journal.of(lane).intent().orElseThrow();
            requireOpen();
            asked = true;
            JsonObject evidence = target.submit(intent.checkpoint(), intent.request());
            answered = true;
            keep(lane, intent, evidence);
        } catch (AnchorException e) {
            answered |= asked && !e.trouble().isOfTarget();
            if (asked && e.trouble() == Trouble.REJECTED) {
                journal.abandoned(lane, clock.instant(), String.valueOf(e.getMessage()));
            }
            throw e;
        } finally {
            if (asked && !answered) {
                engine.targetFailed(lane, target, clock.instant());
            } else {
                engine.target(lane, target, answered ? TargetState::answered : TargetState::ended);
            }
        }
    }

    /** A listener that is told of a step may close the scheduler, and what follows is for the next one then. */
    private void requireOpen() {
        if (closed.getAsBoolean()) {
            throw new IllegalStateException("the scheduler is closed");
        }
    }

    private void intend(Lane lane, Anchor target) {
        TrustedCheckpoint checkpoint = own(lane).checkpoint();
        JsonObject request = target.prepare(checkpoint);
        journal.intent(lane, new Intent(clock.instant(), checkpoint.note(), request));
        engine.lane(lane, LaneState::prepared);
        tell(lane, new LaneFact.Intended(Checkpoint.parse(checkpoint.note().text())));
    }

    private void keep(Lane lane, Intent intent, JsonObject evidence) {
        try {
            byte[] unused = new Attestation(lane.target(), intent.note(), evidence).bytes();
            journal.submitted(lane, clock.instant(), evidence);
        } catch (IllegalArgumentException e) {
            throw new AnchorException(Trouble.MISCONFIGURED, "the evidence can't be kept: " + e.getMessage());
        }
        engine.lane(lane, LaneState::submitted);
        tell(lane, new LaneFact.Submitted(intent.checkpoint()));
    }

    /** The namespace of a lane, if what is anchored can be recorded in it. */
    private Namespace own(Lane lane) {
        Namespace namespace = engine.namespace(lane);
        if (namespace.isCopy()) {
            throw new AnchorException(
                    Trouble.MISCONFIGURED,
                    "the log of namespace " + lane.namespace()
                            + " is a copy that signs nothing, expected one that goes on");
        }
        return namespace;
    }

    /** What is under way may be of a memory that was restored since, or of a journal that somebody else wrote. */
    private void requireOfThisLog(Lane lane) {
        Intent intent = journal.of(lane).intent().orElseThrow();
        Namespace namespace = own(lane);
        Verdict verdict;
        try {
            verdict = namespace.continues(TrustedCheckpoint.verify(intent.note(), namespace.verifier()));
        } catch (RefutedException e) {
            verdict = Verdict.refuted(String.valueOf(e.getMessage()));
        }
        if (!verdict.holds()) {
            String reason =
                    "what is under way is not of this log: " + verdict.reason().orElseThrow();
            journal.abandoned(lane, clock.instant(), reason);
            throw new AnchorException(Trouble.UNKNOWN_OUTCOME, reason);
        }
    }

    private void verify(Lane lane, Anchor target, Instant began) {
        Progress progress = journal.of(lane);
        Intent intent = progress.intent().orElseThrow();
        JsonObject evidence = progress.evidence().orElseThrow();
        Finality finality = new Attestation(lane.target(), intent.note(), evidence)
                .verify(target, engine.namespace(lane).verifier());
        requireOpen();
        if (finality instanceof Finality.Final) {
            record(lane, intent, evidence, began);
        } else if (finality instanceof Finality.Invalid invalid) {
            journal.abandoned(lane, clock.instant(), invalid.reason());
            throw new AnchorException(Trouble.NETWORK, "the evidence doesn't hold: " + invalid.reason());
        } else if (finality instanceof Finality.Missing || finality instanceof Finality.Reorged) {
            journal.unsubmitted(lane, clock.instant());
            throw new AnchorException(Trouble.NETWORK, "to be submitted again: " + finality);
        } else {
            engine.lane(lane, state -> state.pending(Window.of(clock.instant(), POLL)));
            tell(lane, new LaneFact.Pending(finality, since(began)));
        }
    }

    private void record(Lane lane, Intent intent, JsonObject evidence, Instant began) {
        Namespace namespace = engine.namespace(lane);
        Checkpoint checkpoint = intent.checkpoint();
        byte[] attestation = new Attestation(lane.target(), intent.note(), evidence).bytes();
        AnchorRecord record = AnchorRecord.of(
                        checkpoint, lane.target(), Body.bytes(attestation, Attestation.MEDIA_TYPE, "json"))
                .attribute(Ledger.CADENCE, lane.cadence().toString())
                .attribute(Ledger.NOTE, Ledger.text(Hashing.sha256(intent.note().bytes())))
                .attribute(Ledger.ATTESTATION, Ledger.text(Hashing.sha256(attestation)))
                // a crash before the journal knows: the same again is the same record
                .key("anchor/" + lane + "/" + Hashing.sha256(attestation));
        Hash id = namespace.record(record).id();
        journal.recorded(lane, clock.instant(), id);
        engine.lane(lane, state -> state.finished(checkpoint.size(), engine.tick(lane, intent.at())));
        tell(lane, new LaneFact.Recorded(id, since(began), since(intent.at())));
    }

    private void failed(Lane lane, Anchor target, AnchorException e, boolean verifying, Instant began) {
        String reason = String.valueOf(e.getMessage());
        if (closed.getAsBoolean()) { // who closes it interrupts its threads: that is nobody's failure
            LOG.info("{} is left for the next scheduler: {}", lane, reason);
            return;
        }
        Trouble trouble = e.trouble();
        int count = engine.state(lane).failures() + 1;
        Duration pause = PhiBackoff.delay(count, trouble == Trouble.AUTH, e.retryAfter(), random);
        String unwritten = "";
        try {
            journal.failed(lane, new Failure(trouble, count, Window.of(clock.instant(), pause)));
        } catch (RuntimeException refused) {
            unwritten = "; and that can't be written down: " + refused.getMessage();
        }
        // one that has been replaced says nothing of what is in its place
        pause(lane, trouble.parks() && engine.isCurrent(lane, target), pause);
        tell(lane, new LaneFact.Failed(trouble, reason + unwritten, verifying, since(began)));
    }

    private void pause(Lane lane, boolean parks, Duration pause) {
        engine.observed().failing(lane, clock.instant());
        Stage stage = Engine.stage(journal.of(lane));
        engine.lane(lane, state -> state.failed(stage, parks, Window.of(clock.instant(), pause)));
    }

    private Duration since(Instant began) {
        return Duration.between(began, clock.instant());
    }

    private void tell(Lane lane, LaneFact fact) {
        events.accept(new LaneEvent(clock.instant(), lane, fact));
    }
}
