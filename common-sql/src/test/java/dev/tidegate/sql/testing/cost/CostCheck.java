package dev.tidegate.sql.testing.cost;

import dev.tidegate.sql.Sql;
import dev.tidegate.sql.budget.DatabaseRole;
import dev.tidegate.sql.testing.cost.ContractData.Size;
import dev.tidegate.sql.testing.cost.CostContract.Case;
import dev.tidegate.sql.testing.cost.CostContract.Growth;
import dev.tidegate.sql.testing.cost.Explained.PlanMode;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Runs a statement in all cases of its contract, on data of both sizes and with both kinds of plan. */
final class CostCheck {

    /** Buffers of looking one row up by an index, and a spare. */
    private static final int PROBE = 4;

    private final CostContract contract;
    private final List<Measured> measured = new ArrayList<>();
    private final Set<String> largeTables = new HashSet<>();

    private CostCheck(CostContract contract) {
        this.contract = contract;
    }

    private record Measured(Case of, Size size, PlanMode mode, Measurement cost) {

        /** Two kinds of plan are two statements, and that finding nothing is cheap says nothing about finding. */
        boolean isComparedWith(Measured more) {
            return mode == more.mode && (cost.rows() > 0 || more.cost.rows() == 0);
        }

        @Override
        public String toString() {
            return "%s, %s data, %s: %d buffers for %d rows"
                    .formatted(
                            of.name(), size.name().toLowerCase(Locale.ROOT), mode.label, cost.buffers(), cost.rows());
        }
    }

    static CostCheck run(CostContract contract, Sql sql, DatabaseRole role, List<ContractData> sizes)
            throws SQLException {
        var check = new CostCheck(contract);
        for (ContractData data : sizes) {
            check.largeTables.addAll(data.largeTables());
            for (Case each : contract.cases()) {
                check.measure(each, data, sql, role);
            }
            if (check.measured.stream().anyMatch(each -> each.cost().writes())) {
                data.vacuum();
            }
        }
        return check;
    }

    private void measure(Case each, ContractData data, Sql sql, DatabaseRole role) throws SQLException {
        Binds binds = each.binds().apply(data);
        if (binds.count() != sql.bindCount()) {
            throw new IllegalArgumentException(
                    "%s takes %d binds, its contract gives %d".formatted(sql.name(), sql.bindCount(), binds.count()));
        }
        for (PlanMode mode : PlanMode.values()) {
            measured.add(new Measured(each, data.size(), mode, Explained.of(data, role, sql, binds, mode)));
        }
    }

    /** Everything in which the contract is not kept, with the executions that show it; empty if it is. */
    List<String> violations() {
        var found = new TreeMap<String, List<Measured>>();
        for (Measured each : measured) {
            each.cost().spills().forEach(spill -> found(found, spill, each));
            if (each.cost().buffers() > contract.maxBuffers()) {
                found(found, "more than " + contract.maxBuffers() + " buffers", each);
            }
            if (each.size() == Size.LARGE) {
                // On small data any plan is a good one.
                plan(found, each);
            }
        }
        var violations = new ArrayList<String>();
        found.forEach((violation, executions) -> violations.add("%s, in %d of %d executions, e.g. %s"
                .formatted(violation, executions.size(), measured.size(), executions.getLast())));
        growth(violations);
        return violations;
    }

    private void plan(Map<String, List<Measured>> found, Measured each) {
        for (String table : each.cost().scanned()) {
            if (largeTables.contains(table) && !contract.mayScan().contains(table)) {
                found(found, "sequential scan of " + table, each);
            }
        }
        for (String index : contract.indexes()) {
            if (!each.cost().indexes().contains(index)) {
                found(
                        found,
                        "no " + index + " among the indexes "
                                + new TreeSet<>(each.cost().indexes()),
                        each);
            }
        }
        if (contract.noHeapFetches() && each.cost().heapFetches() > 0) {
            found(found, "heap fetches", each);
        }
    }

    private static void found(Map<String, List<Measured>> found, String violation, Measured execution) {
        found.computeIfAbsent(violation, any -> new ArrayList<>()).add(execution);
    }

    /** The worst pair only: one page too many tells enough. */
    private void growth(List<String> violations) {
        double worst = 0;
        String found = "";
        for (Measured less : measured) {
            for (Measured more : measured) {
                double bound = bound(less, more);
                double excess = more.cost().buffers() - bound;
                if (less.isComparedWith(more) && excess > worst) {
                    worst = excess;
                    found = "grows: %s; at most %.0f, by %s".formatted(more, bound, less);
                }
            }
        }
        if (!found.isEmpty()) {
            violations.add(found);
        }
    }

    private double bound(Measured less, Measured more) {
        Growth allowed = contract.growth();
        double rows = (double) Math.max(1, more.cost().rows())
                / Math.max(1, less.cost().rows());
        double units = (double) more.of().units() / less.of().units();
        return allowed.factor() * less.cost().buffers() * Math.max(1, Math.max(rows, units))
                + allowed.constant()
                // On small data many probes may be one cheap scan; on large data each is its own.
                + PROBE * (more.of().units() - 1);
    }

    /** A line per execution, for reading figures off. */
    List<String> figures() {
        return measured.stream()
                .map(each -> String.join(
                        "\t",
                        contract.statement(),
                        each.of().name(),
                        each.size().name().toLowerCase(Locale.ROOT),
                        each.mode().label,
                        Long.toString(each.cost().rows()),
                        Long.toString(each.cost().buffers()),
                        Long.toString(each.cost().heapFetches()),
                        String.join(" ", new TreeSet<>(each.cost().indexes()))))
                .toList();
    }
}
