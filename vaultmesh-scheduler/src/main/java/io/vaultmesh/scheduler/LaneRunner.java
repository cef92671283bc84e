package io.vaultmesh.scheduler;

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
import io.vaultmesh.scheduler.plan.Stage;
import io.vaultmesh.scheduler.plan.Step;
import io.vaultmesh.scheduler.plan.TargetState;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;

/**
 * Takes the steps of a plan. What each one does is durable before the next begins: the intent before anything is sent, the
 * evidence before it is verified, the record before the journal forgets. Thread-safe, if no two steps are of one lane.
 */
final class LaneRunner {

    private static final Duration POLL = Duration.ofSeconds(30);

    private final Engine engine;
    private final Journal journal;
    private final Map<String, Anchor> targets;
    private final InstantSource clock;
    private final RandomGenerator random;
    private final Consumer<LaneEvent> events;

    LaneRunner(
            Engine engine,
            Journal journal,
            Map<String, Anchor> targets,
            InstantSource clock,
            RandomGenerator random,
            Consumer<LaneEvent> events) {
        this.engine = engine;
        this.journal = journal;
        this.targets = Map.copyOf(targets);
        this.clock = clock;
        this.random = random;
        this.events = events;
    }

    /** Takes a step, and those that can follow at once. It throws nothing that isn't an error of the machine. */
    void take(Step step) {
        Lane lane = step.lane();
        Anchor target = Optional.ofNullable(targets.get(lane.target())).orElseThrow();
        Instant began = clock.instant();
        boolean verifying = step.act() == Step.Act.VERIFY;
        try {
            if (step.act() == Step.Act.ANCHOR) {
                intend(lane, target);
            }
            if (step.act() != Step.Act.VERIFY) {
                submit(lane, target);
            }
            verifying = true;
            verify(lane, target, began);
        } catch (AnchorException e) {
            failed(lane, e.trouble(), e.retryAfter(), String.valueOf(e.getMessage()), verifying, began);
        } catch (RuntimeException e) {
            failed(lane, Trouble.UNKNOWN_OUTCOME, Duration.ZERO, e.toString(), verifying, began);
        } catch (Error e) {
            engine.target(lane, TargetState::ended); // neither is lost with what went wrong
            pause(lane, false, PhiBackoff.LONGEST);
            throw e;
        }
    }

    private void intend(Lane lane, Anchor target) {
        try {
            TrustedCheckpoint checkpoint = engine.namespace(lane).checkpoint();
            JsonObject request = target.prepare(checkpoint);
            journal.intent(lane, new Intent(clock.instant(), checkpoint.note(), request));
            engine.lane(lane, LaneState::prepared);
            tell(lane, new LaneFact.Intended(Checkpoint.parse(checkpoint.note().text())));
        } catch (RuntimeException e) {
            engine.target(lane, TargetState::ended); // it wasn't asked
            throw e;
        }
    }

    private void submit(Lane lane, Anchor target) {
        Intent intent = journal.of(lane).intent().orElseThrow();
        JsonObject evidence;
        try {
            evidence = target.submit(intent.checkpoint(), intent.request());
        } catch (AnchorException e) {
            if (e.trouble().isOfTarget()) {
                engine.targetFailed(lane, clock.instant());
            } else {
                engine.target(lane, TargetState::answered);
            }
            if (e.trouble() == Trouble.REJECTED) {
                journal.abandoned(lane, clock.instant(), String.valueOf(e.getMessage()));
            }
            throw e;
        } catch (RuntimeException e) {
            engine.targetFailed(lane, clock.instant());
            throw e;
        }
        engine.target(lane, TargetState::answered);
        journal.submitted(lane, clock.instant(), evidence);
        engine.lane(lane, LaneState::submitted);
        tell(lane, new LaneFact.Submitted(intent.checkpoint()));
    }

    private void verify(Lane lane, Anchor target, Instant began) {
        Progress progress = journal.of(lane);
        Intent intent = progress.intent().orElseThrow();
        JsonObject evidence = progress.evidence().orElseThrow();
        // the journal is a file, which others may have written: its checkpoint must be one of this log
        Finality finality = new Attestation(lane.target(), intent.note(), evidence)
                .verify(target, engine.namespace(lane).verifier());
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

    private void failed(
            Lane lane, Trouble trouble, Duration retryAfter, String reason, boolean verifying, Instant began) {
        int count = engine.state(lane).failures() + 1;
        Duration pause = PhiBackoff.delay(count, trouble == Trouble.AUTH, retryAfter, random);
        String unwritten = "";
        try {
            journal.failed(lane, new Failure(trouble, count, Window.of(clock.instant(), pause)));
        } catch (RuntimeException e) {
            unwritten = "; and that can't be written down: " + e.getMessage();
        }
        pause(lane, trouble.parks(), pause);
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
