package dev.tidegate.sql.testing.cost;

import dev.tidegate.sql.budget.DatabaseRole;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Function;

/**
 * What one statement may cost.
 *
 * <p>Every statement must not: scan a large table sequentially, spill a sort or a hash to disk, use more shared
 * buffers than its bound in any case, or use more in one case than in another that returns as many rows. Cases are
 * users of different weight, pages of a list, and data of two sizes. What a contract gives up of this it explains.
 *
 * @param statement {@code Class.method}, the name of the {@code Sql} constant
 * @param role who runs it; the tier's only role if empty
 * @param indexes that its plan contains on large data
 * @param noHeapFetches index-only scans find every page all-visible after VACUUM
 * @param mayScan large tables it may scan sequentially
 * @param growth how much one case may cost more than another
 * @param maxBuffers shared buffers of one execution, {@link #UNBOUNDED} if there is no bound to name
 */
public record CostContract(
        String statement,
        Optional<DatabaseRole> role,
        List<Case> cases,
        Set<String> indexes,
        boolean noHeapFetches,
        Set<String> mayScan,
        Growth growth,
        long maxBuffers) {

    static final long UNBOUNDED = Long.MAX_VALUE;

    /**
     * Values to run the statement with.
     *
     * @param units how much the caller asked for, if the cost may grow with it (the tags of a quiz, the users of a
     *     batch); otherwise 1
     */
    record Case(String name, long units, Function<ContractData, Binds> binds) {}

    /** Cost a ≤ factor × cost b + constant, if a returns no more rows than b and was asked for no more. */
    record Growth(double factor, long constant) {

        /** An index that is one level deeper, and pages that rows happen to share. */
        static final Growth USUAL = new Growth(2, 20);

        static final Growth ANY = new Growth(Double.POSITIVE_INFINITY, 0);
    }

    /** Begins the contract of the statement with this name. */
    public static Builder of(String statement) {
        return new Builder(statement);
    }

    public static final class Builder {

        private final String statement;
        private final List<Case> cases = new ArrayList<>();
        private final Set<String> indexes = new HashSet<>();
        private final Set<String> mayScan = new HashSet<>();
        private Optional<DatabaseRole> role = Optional.empty();
        private boolean noHeapFetches;
        private Growth growth = Growth.USUAL;

        private Builder(String statement) {
            this.statement = statement;
        }

        /** For tiers with several roles. */
        public Builder as(DatabaseRole runs) {
            role = Optional.of(runs);
            return this;
        }

        /** Three cases: the newest, the median and the heaviest user. */
        public Builder forEachUser(BiFunction<ContractData, Account, Binds> binds) {
            for (int i = 0; i < 3; i++) {
                int each = i;
                cases.add(new Case(
                        List.of("newest user", "median user", "heaviest user").get(i),
                        1,
                        data -> binds.apply(data, data.accounts().get(each))));
            }
            return this;
        }

        /** A case of its own: a page in the middle, a tag of another size. */
        public Builder when(String name, Function<ContractData, Binds> binds) {
            return when(name, 1, binds);
        }

        /** A case that asks for {@code units} things at once, in proportion to which it may cost more. */
        public Builder when(String name, long units, Function<ContractData, Binds> binds) {
            cases.add(new Case(name, units, binds));
            return this;
        }

        /** Indexes that the plan on large data must contain in every case. */
        public Builder uses(String... names) {
            indexes.addAll(List.of(names));
            return this;
        }

        /** Promises that index-only scans visit no heap page after VACUUM. */
        public Builder noHeapFetches() {
            noHeapFetches = true;
            return this;
        }

        /** Allows sequential scans of large tables. */
        public Builder mayScan(String reason, String... tables) {
            requireReason(reason);
            mayScan.addAll(List.of(tables));
            return this;
        }

        /** Allows more than {@code 2 × + 20} buffers between cases that return as much. */
        public Builder mayGrow(double factor, long constant, String reason) {
            requireReason(reason);
            growth = new Growth(factor, constant);
            return this;
        }

        /** Allows any difference between cases up to the bound of all. */
        public Builder mayGrow(String reason) {
            requireReason(reason);
            growth = Growth.ANY;
            return this;
        }

        /** Ends the contract with the most shared buffers that any case may touch. */
        public CostContract atMost(long buffers) {
            if (cases.isEmpty()) {
                throw new IllegalStateException(statement + ": a contract needs a case");
            }
            return contract(buffers);
        }

        /** Ends a contract that bounds nothing but what was said before. The cases, if any, still run. */
        public CostContract exempt(String reason) {
            requireReason(reason);
            growth = Growth.ANY;
            return contract(UNBOUNDED);
        }

        private CostContract contract(long buffers) {
            return new CostContract(
                    statement,
                    role,
                    List.copyOf(cases),
                    Set.copyOf(indexes),
                    noHeapFetches,
                    Set.copyOf(mayScan),
                    growth,
                    buffers);
        }

        private void requireReason(String reason) {
            if (reason.strip().length() < 15) {
                throw new IllegalArgumentException(statement + ": an exemption says why, in a sentence");
            }
        }
    }
}
