package io.ordeal.aggregator.window;

import io.ordeal.aggregator.judge.Account;
import io.ordeal.aggregator.judge.ByteReader;
import io.ordeal.aggregator.judge.ByteWriter;
import io.ordeal.aggregator.judge.Micros;
import io.ordeal.aggregator.judge.Pace;
import io.ordeal.aggregator.judge.Plan;
import io.ordeal.aggregator.judge.ResourceFindings;
import io.ordeal.aggregator.judge.Row;
import io.ordeal.aggregator.judge.RunJudge;
import io.ordeal.aggregator.judge.RunRecord;
import io.ordeal.aggregator.judge.RunWindow;
import io.ordeal.aggregator.judge.WindowJudge;
import io.ordeal.aggregator.judge.WindowSummaries;
import io.ordeal.aggregator.resources.ResourceJudge;
import io.ordeal.schemas.lifecycle.LifecycleEvent;
import io.ordeal.schemas.resources.ResourceSample;
import io.ordeal.schemas.results.ClosedBy;
import io.ordeal.schemas.results.VerdictEvent;
import io.ordeal.schemas.results.WindowSummary;
import java.util.List;
import java.util.TreeMap;

/// One run, put together from what its segments hand on: the second stage.
///
///     open -> closed, when every segment has passed its end: summaries and window verdicts are told at once
///          -> settled, when the faults that may overlap it are known: it counts for the run
///
/// When the runner has ended the run and every segment is finished, the verdicts on faults and run are told, once,
/// and
/// the state is dropped.
public final class Run extends Part {
    static final String HEADER = "h";
    static final String HISTORY = "f";
    static final String SETTLEMENT = "s";
    static final String TOTAL = "t";
    static final String STEP = "p";
    static final String WINDOW = "w";
    static final String ROWS = "r";
    static final String GAUGES = "g";
    static final String SAMPLES = "m";
    static final String POINT = "q";

    /// Lifecycle events may come later than the ticks beside them; at most by so much.
    private static final long FACTS_LAG = 1_000_000;
    /// A fault that was accepted but neither applied nor given up holds its windows back no longer than this.
    private static final long PENDING = 60_000_000;
    /// Samples that were taken so shortly before the runner ended the run may still be on their way: none of them
    /// counts.
    private static final long SAMPLES_LAG = 3_000_000;

    private final String run;
    private final Plan plan;
    private final Shelf shelf;
    private final Outlet outlet;
    private final History history;
    private final Settlement settlement;
    private final SampleLog samples;
    private final Segments segments;
    private final TreeMap<Long, OpenWindow> windows = new TreeMap<>();
    private final RowChunks rows;
    private final Pace pace = new Pace();
    private long begunAt;
    private long closedThrough = Long.MIN_VALUE;
    private long count;
    private long saturated;
    private long waited;
    private long late;
    private boolean over;
    private long heardAt;

    /// Where a run tells its results.
    public interface Outlet {
        /// A window has closed.
        void window(WindowSummary summary);

        /// The same window as a whole, for who counts on from it; not to be kept.
        void closed(RunWindow window, ClosedBy closedBy, long late);

        /// A verdict was drawn.
        void verdict(VerdictEvent verdict);
    }

    /// Starts with nothing known but the plan.
    ///
    /// @param now by the wall clock, milliseconds
    public Run(Plan plan, Shelf shelf, Outlet outlet, long now) {
        super(Keys.of(plan.source().run(), HEADER));
        this.run = plan.source().run();
        this.plan = plan;
        this.shelf = shelf;
        this.outlet = outlet;
        this.history = new History(run);
        this.settlement = new Settlement(run, plan, shelf);
        this.segments = new Segments(plan.source().segments());
        this.rows = new RowChunks(run, shelf);
        this.samples = new SampleLog(run, shelf);
        this.begunAt = now;
        this.heardAt = now;
    }

    /// Whether its verdict has been told.
    public boolean over() {
        return over;
    }

    /// Returns the key under which it stays known that `run` is over.
    public static String header(String run) {
        return Keys.of(run, HEADER);
    }

    /// Takes what a segment has in one window.
    public void window(long start, byte[] content, long now) {
        heardAt = now;
        if (over) {
            return;
        }
        var in = new ByteReader(content);
        if (start + plan.window() <= closedThrough) {
            var missed = new RunWindow(start, start + plan.window());
            missed.addFrom(in);
            late += missed.count();
            shelf.changed(this);
            return;
        }
        var window = windows.computeIfAbsent(start, each -> new OpenWindow(run, each, each + plan.window()));
        window.content().addFrom(in);
        pace.addFrom(in);
        shelf.changed(window);
        shelf.changed(this);
    }

    /// Takes how far a segment has come; closes what every segment has passed.
    public void report(SegmentReport report, long now) {
        heardAt = now;
        if (over) {
            return;
        }
        segments.add(report);
        shelf.changed(this);
        advance();
    }

    /// Takes what the lifecycle topic says.
    public void fact(LifecycleEvent event, long now) {
        if (!(event.event() instanceof LifecycleEvent.Heartbeat)) { // our own life is no sign of the run's
            heardAt = now;
        }
        if (over) {
            return;
        }
        history.add(event);
        shelf.changed(history);
        shelf.changed(this);
        advance();
    }

    /// Takes a sample of resource use. It is no sign of life: injectors outlive runs.
    public void sample(ResourceSample sample) {
        boolean begun = history.facts()
                .startedAt()
                .filter(start -> Micros.of(sample.at()) >= start)
                .isPresent();
        if (begun && !over) {
            samples.add(sample);
        }
    }

    /// Nobody listened for so long, milliseconds: that is not the run's silence.
    public void excuse(long pause) {
        begunAt += pause;
        heardAt += pause;
    }

    /// Lets the wall clock speak: for segments that never came, a runner that is gone, and an end that is not told.
    public void listen(long now, Patience patience) {
        if (over) {
            return;
        }
        if (now - begunAt >= patience.silence().toMillis() && segments.absent().isEmpty() && !segments.isEmpty()) {
            segments.missing();
            if (!segments.absent().isEmpty()) {
                shelf.changed(this);
                advance();
            }
        }
        long quiet = now - heardAt;
        if (history.facts().finish().isPresent() && quiet >= patience.end().toMillis()) {
            end(false);
        } else if (quiet >= patience.runner().toMillis()) {
            end(true);
        }
    }

    private void advance() {
        close(segments.watermark());
        settle();
        if (segments.finished() && history.facts().finish().isPresent()) {
            end(false);
        }
    }

    private void close(long watermark) {
        for (var window : List.copyOf(windows.values())) {
            if (window.content().end() <= watermark && !window.closed()) {
                close(window);
            }
        }
        if (watermark != Long.MAX_VALUE) {
            closedThrough = Math.max(closedThrough, watermark);
        }
    }

    private void close(OpenWindow window) {
        var content = window.content();
        closedThrough = Math.max(closedThrough, content.end());
        if (content.idle()) {
            windows.remove(content.start());
            shelf.dropped(window);
            return;
        }
        var closedBy = segments.complete(content.end()) ? ClosedBy.TICKS : ClosedBy.WAIT;
        count++;
        waited += closedBy == ClosedBy.WAIT ? 1 : 0;
        saturated += content.saturated().isEmpty() ? 0 : 1;
        window.close();
        shelf.changed(window);
        var facts = history.facts();
        long tooLate = account().late();
        outlet.closed(content, closedBy, tooLate);
        WindowSummaries.of(content, plan, facts, closedBy, tooLate).forEach(outlet::window);
        var judge = new WindowJudge(content, plan, facts);
        for (var verdict : judge.verdicts()) {
            outlet.verdict(new VerdictEvent(run, verdict.start().plus(verdict.length()), verdict));
        }
        rows.add(judge.row());
    }

    /// Counts closed windows for the run, in order, as soon as it is known which faults they met.
    private void settle() {
        while (!windows.isEmpty()) {
            var window = windows.firstEntry().getValue();
            long end = window.content().end();
            boolean known = closedThrough >= end + FACTS_LAG
                    && (!history.facts().pending(end) || closedThrough >= end + PENDING);
            if (!window.closed() || !known) {
                return;
            }
            settle(window);
        }
    }

    private void settle(OpenWindow window) {
        settlement.settle(window.content(), history.facts());
        windows.remove(window.content().start());
        shelf.dropped(window);
    }

    /// Draws the verdicts over everything there is, and drops the state.
    private void end(boolean unattended) {
        segments.missing();
        close(Long.MAX_VALUE);
        List.copyOf(windows.values()).forEach(this::settle);
        RunJudge.judge(record(unattended)).forEach(outlet::verdict);
        settlement.drop();
        rows.drop();
        samples.drop();
        shelf.dropped(history);
        over = true;
        shelf.changed(this);
    }

    private RunRecord record(boolean unattended) {
        return new RunRecord(
                plan,
                history.facts(),
                settlement.trials(),
                settlement.requests(),
                settlement.judgedSeconds(),
                settlement.phases(),
                rows.all(),
                settlement.steps(),
                new RunRecord.Windows(count, saturated, waited),
                account(),
                segments.absent(),
                segments.unfinished(),
                segments.instances(),
                segments.handovers(),
                pace,
                resources(),
                unattended);
    }

    private ResourceFindings resources() {
        long from = history.facts().startedAt().orElse(Long.MAX_VALUE);
        long to = history.facts()
                .finish()
                .map(finish -> finish.at() - SAMPLES_LAG)
                .orElseGet(() -> rows.last().map(Row::end).orElse(from));
        boolean tooSaturated = new RunRecord.Windows(count, saturated, waited).tooSaturated();
        return ResourceJudge.judge(
                plan,
                history.facts(),
                samples.recording(from, to),
                new ResourceJudge.Evidence(settlement.growth().points(), tooSaturated, samples.refused(to)));
    }

    private Account account() {
        return segments.account().withLate(late);
    }

    @Override
    public void write(ByteWriter out) {
        out.flag(over);
        if (over) {
            return;
        }
        out.number(closedThrough).number(count).number(saturated).number(waited).number(late);
        segments.write(out);
        pace.write(out);
    }

    /// Reads one part of a run that was written down.
    ///
    /// @param key the key of the part
    public void read(String key, ByteReader in) {
        var words = Keys.words(key);
        switch (words[1]) {
            case HEADER -> readHeader(in);
            case HISTORY -> history.read(in);
            case SETTLEMENT -> settlement.read(in);
            case TOTAL ->
                settlement.readTotal(
                        Integer.parseInt(words[2]), Integer.parseInt(words[3]), Long.parseLong(words[4]), in);
            case STEP -> settlement.readStep(Integer.parseInt(words[2]), Integer.parseInt(words[3]), in);
            case WINDOW -> {
                long start = Long.parseLong(words[2]);
                var window = new OpenWindow(run, start, start + plan.window());
                window.read(in);
                windows.put(start, window);
            }
            case GAUGES -> samples.read(in);
            case SAMPLES -> samples.readChunk(Integer.parseInt(words[2]), Integer.parseInt(words[3]), in);
            case POINT -> settlement.growth().read(Integer.parseInt(words[2]), Long.parseLong(words[3]), in);
            case ROWS -> rows.read(Integer.parseInt(words[2]), in);
            default -> throw new IllegalStateException("no such part: " + words[1]);
        }
    }

    private void readHeader(ByteReader in) {
        over = in.flag();
        if (over) {
            return;
        }
        closedThrough = in.number();
        count = in.number();
        saturated = in.number();
        waited = in.number();
        late = in.number();
        segments.read(in);
        pace.addFrom(in);
    }
}
