package dev.tidegate.bench;

import dev.tidegate.bench.connections.ConnectionsBench;
import dev.tidegate.bench.fairness.FairnessBench;
import dev.tidegate.bench.imports.ImportsBench;
import dev.tidegate.bench.reads.ReadsBench;
import dev.tidegate.bench.rollover.RolloverBench;
import dev.tidegate.bench.statistics.StatisticsBench;
import dev.tidegate.bench.storm.StormBench;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The command line of all benchmarks. */
@Command(
        name = "run",
        description = "Measures Tidegate on this machine. Each benchmark prints ratios within one run.",
        mixinStandardHelpOptions = true,
        subcommands = {
            GenerationBench.class,
            LanesBench.class,
            ReadsBench.class,
            StatisticsBench.class,
            ImportsBench.class,
            RolloverBench.class,
            StormBench.class,
            FairnessBench.class,
            ConnectionsBench.class
        })
final class Bench {

    private Bench() {}

    public static void main(String[] arguments) {
        var commandLine = new CommandLine(new Bench());
        commandLine.setCaseInsensitiveEnumValuesAllowed(true);
        commandLine.setExecutionExceptionHandler((failure, failed, parsed) -> {
            failed.getErr().println("run: " + failure);
            return 1;
        });
        System.exit(arguments.length == 0 ? usage(commandLine) : commandLine.execute(arguments));
    }

    private static int usage(CommandLine commandLine) {
        commandLine.usage(System.err);
        return CommandLine.ExitCode.USAGE;
    }
}
