package dev.tidegate.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChildrenTest {

    private static final Duration BOUND = Duration.ofSeconds(10);

    @TempDir
    private Path folder;

    private final List<ManagedProcess> started = new ArrayList<>();
    private Path file;
    private Children children;

    @BeforeEach
    void noChildren() {
        file = folder.resolve("children");
        children = new Children(file);
    }

    @AfterEach
    void stopAll() {
        started.forEach(ManagedProcess::kill);
    }

    @Test
    void successorStopsWhatAKilledStackLeft() {
        ManagedProcess left = sleeper("left");
        var progress = new ArrayList<String>();

        new Children(file).stopLeftovers(progress::add);

        assertThat(left.isRunning()).isFalse();
        assertThat(progress).singleElement().asString().contains("left (process " + left.pid() + ")");
        assertThat(file).isEmptyFile();
    }

    @Test
    void processThatOnlyHasTheNumberOfALeftoverIsNotTouched() throws IOException {
        ManagedProcess other = sleeper("other");
        Files.writeString(file, other.pid() + "\t" + 1_000_000 + "\tgone for long\n");

        new Children(file).stopLeftovers(line -> {});

        assertThat(other.isRunning()).isTrue();
    }

    @Test
    void endThatNobodyAskedForIsADeath() {
        ManagedProcess asked = sleeper("asked");
        ManagedProcess unasked = sleeper("unasked");

        asked.terminate(BOUND);
        Signals.send("KILL", unasked.pid());

        await().atMost(BOUND).until(() -> children.firstDeath().isPresent());
        assertThat(children.firstDeath()).contains(unasked);
        assertThat(unasked.obituary()).contains("unasked", "status 137", "unasked.log");
    }

    @Test
    void childThatIgnoresSigtermIsKilledAfterTheBound() {
        ManagedProcess stubborn = launch("stubborn", "trap '' TERM; echo ready; while :; do sleep 1; done");
        await().atMost(BOUND).until(() -> stubborn.lastLogLines(1).equals("ready"));

        stubborn.terminate(Duration.ofMillis(100));

        assertThat(stubborn.isRunning()).isFalse();
    }

    @Test
    void pausedChildStillEnds() {
        ManagedProcess paused = sleeper("paused");
        paused.pause();

        paused.terminate(BOUND);

        assertThat(paused.isRunning()).isFalse();
    }

    @Test
    void nothingStartsOnceTheStackIsBeingClosed() {
        children.close();

        assertThatExceptionOfType(StackException.class).isThrownBy(() -> sleeper("late"));
    }

    private ManagedProcess sleeper(String name) {
        return launch(name, "exec sleep 600");
    }

    private ManagedProcess launch(String name, String script) {
        ManagedProcess process =
                children.launch(name, new ProcessBuilder("/bin/sh", "-c", script), folder.resolve(name + ".log"));
        started.add(process);
        return process;
    }
}
