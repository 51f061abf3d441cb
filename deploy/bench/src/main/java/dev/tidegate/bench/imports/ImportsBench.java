package dev.tidegate.bench.imports;

import dev.tidegate.bench.Folders;
import dev.tidegate.bench.Machine;
import dev.tidegate.stack.Ports;
import dev.tidegate.stack.Stack;
import dev.tidegate.stack.StackSettings;
import dev.tidegate.stack.data.Scale;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * Imports a file of questions through the API, and then writes the very same rows by COPY, in turns. The ratio is what
 * checking each field, naming each flaw and finding topics and tags by name cost.
 */
@Command(
        name = "imports",
        description = "Questions per second of an import, beside COPY of the same rows.",
        mixinStandardHelpOptions = true)
public final class ImportsBench implements Callable<Integer> {

    @Option(
            names = "--questions",
            defaultValue = "100000",
            description = "Questions in the file, 1 to 200000; default ${DEFAULT-VALUE}.")
    private int questions = 100_000;

    @Option(names = "--rounds", defaultValue = "3", description = "Rounds, 1 to 20; default ${DEFAULT-VALUE}.")
    private int rounds = 3;

    @Option(
            names = "--data",
            description = "Data folder, kept between runs; default .tidegate/bench-small in the repository.")
    private @Nullable Path data;

    @Override
    public Integer call() throws Exception {
        Folders.requireWithin("--questions", questions, 200_000);
        Folders.requireWithin("--rounds", rounds, 20);
        System.out.println(Machine.describe());
        var settings = new StackSettings(
                Folders.repository(),
                Folders.of(Scale.SMALL, data),
                false,
                Ports.anyFree(),
                Scale.SMALL,
                InstantSource.system());
        Path file = Files.createTempFile("questions", ".csv");
        try (Stack stack = Stack.open(settings, System.err::println)) {
            Thread stop = new Thread(stack::close);
            Runtime.getRuntime().addShutdownHook(stop);
            stack.start();
            QuestionFile.write(file, questions);
            measure(stack, file);
            stack.close();
            Runtime.getRuntime().removeShutdownHook(stop);
        } finally {
            Files.deleteIfExists(file);
        }
        return 0;
    }

    private void measure(Stack stack, Path file) throws Exception {
        var rows = new CopiedRows(stack.postgres().superuser());
        var client = new ImportClient(stack, rows.anyUser());
        System.out.printf(
                "%d questions with two tags each, %d KiB of CSV%n%-8s %14s %14s %8s%n",
                questions, Files.size(file) >> 10, "round", "import q/s", "COPY q/s", "ratio");
        List<Double> ratios = new ArrayList<>();
        for (int round = 1; round <= rounds; round++) {
            int topic = rows.newTopic();
            Duration imported = client.run(file, topic, questions);
            Duration copied = rows.copyAgain(topic, questions);
            rows.remove(topic);
            double ratio = seconds(copied) / seconds(imported);
            ratios.add(ratio);
            System.out.printf(
                    "%-8d %,14.0f %,14.0f %8.2f%n",
                    round, questions / seconds(imported), questions / seconds(copied), ratio);
        }
        System.out.printf(
                "median ratio of import speed to COPY: %.2f%n",
                ratios.stream().sorted().skip(rounds / 2).findFirst().orElseThrow());
    }

    private static double seconds(Duration duration) {
        return duration.toNanos() / 1e9;
    }
}
