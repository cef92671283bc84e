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
            failed(lane, e.trouble(), e.retryAfter(), String.valueOf(e.getMessage()), verifying, began);
        } catch (RuntimeException e) {
            failed(lane, Trouble.UNKNOWN_OUTCOME, Duration.ZERO, e.toString(), verifying, began);
        } catch (Error e) {
            pause(lane, false, PhiBackoff.LONGEST); // it isn't lost with what went wrong
            throw e;
        }
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
                engine.targetFailed(lane, clock.instant());
            } else {
                engine.target(lane, answered ? TargetState::answered : TargetState::ended);
            }
        }
    }

    private void intend(Lane lane, Anchor target) {
        Namespace namespace = engine.namespace(lane);
        if (namespace.isCopy()) { // what comes of it couldn't be recorded
            throw new AnchorException(
                    Trouble.MISCONFIGURED,
                    "the log of namespace " + lane.namespace()
                            + " is a copy that signs nothing, expected one that goes on");
        }
        TrustedCheckpoint checkpoint = namespace.checkpoint();
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

    /** What is under way may be of a memory that was restored since, or of a journal that somebody else wrote. */
    private void requireOfThisLog(Lane lane) {
        Intent intent = journal.of(lane).intent().orElseThrow();
        Namespace namespace = engine.namespace(lane);
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
        if (Thread.currentThread().isInterrupted()) { // by who closes the scheduler: that is nobody's failure
            LOG.info("{} is left for the next scheduler: {}", lane, reason);
            engine.lane(lane, LaneState::waiting);
            return;
        }
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
