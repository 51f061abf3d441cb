package dev.tidegate.api.ops;

import dev.tidegate.api.paging.Page;
import dev.tidegate.api.paging.PageToken;
import dev.tidegate.sql.SqlFailure;
import dev.tidegate.sql.budget.ConnectionBudget;
import dev.tidegate.sql.budget.DatabaseRole;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.ResponseHeader;
import org.jspecify.annotations.Nullable;

/** The operators' view. Operators are the platform's team: nothing here is limited to the token's tenant. */
@Path("/v1/ops")
@RolesAllowed("operator")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Operations")
public class OpsResource {

    /** Later than any failure. */
    private static final Instant END_OF_TIME = Instant.parse("9999-12-31T00:00:00Z");

    private static final LocalDate END_OF_DAYS = LocalDate.of(9999, 12, 31);

    private static final ConnectionBudget BUDGET = ConnectionBudget.load();

    private final BudgetQueries load;
    private final PlanRequestsLag lag;
    private final PlanFailureQueries failures;
    private final StatementCostQueries costs;
    private final ProcessMeters meters;
    private final InstantSource clock;

    OpsResource(
            BudgetQueries load,
            PlanRequestsLag lag,
            PlanFailureQueries failures,
            StatementCostQueries costs,
            ProcessMeters meters,
            InstantSource clock) {
        this.load = load;
        this.lag = lag;
        this.failures = failures;
        this.costs = costs;
        this.meters = meters;
        this.clock = clock;
    }

    @Operation(
            operationId = "connectionUse",
            summary = "Connections against their budget, and what waits",
            description = "The pool is that of the replica that answers; all else is of the whole system.")
    @APIResponse(
            responseCode = "200",
            description = "The use at this moment.",
            content = @Content(examples = @ExampleObject(name = "budget", value = OpsExamples.BUDGET)))
    @ResponseHeader(name = "Cache-Control", value = "no-store")
    @GET
    @Path("/budget")
    public Uni<Budget> budget() {
        Instant now = clock.instant();
        // One after the other: the connection is back in the pool before the broker is asked.
        return load.load(now).flatMap(use -> lag.now().map(backlog -> budget(now, use, backlog)));
    }

    private Budget budget(Instant now, BudgetQueries.Load use, Budget.Lag backlog) {
        List<Budget.Role> roles = Arrays.stream(DatabaseRole.values())
                .map(role -> role(role, use.roles().getOrDefault(role.roleName(), BudgetQueries.Use.NONE)))
                .toList();
        long all = use.roles().values().stream()
                .mapToLong(BudgetQueries.Use::backends)
                .sum();
        long ours = roles.stream().mapToLong(Budget.Role::backends).sum();
        return new Budget(
                now,
                BUDGET.maxConnections(),
                BUDGET.ceiling(),
                roles,
                all - ours,
                meters.pool(),
                new Budget.Content(use.refreshedAt(), use.oldestChangeSeconds()),
                backlog);
    }

    private static Budget.Role role(DatabaseRole role, BudgetQueries.Use use) {
        return new Budget.Role(role.roleName(), role.tier().label(), use.backends(), BUDGET.of(role), use.limit());
    }

    @Operation(
            operationId = "planFailures",
            summary = "Why plans failed, newest first",
            description = "Of all tenants. With a user, that user's failures by day, newest day first.")
    @APIResponse(
            responseCode = "200",
            description = "A page of failures.",
            content = @Content(examples = @ExampleObject(name = "failures", value = OpsExamples.FAILURES)))
    @ResponseHeader(name = "Cache-Control", value = "no-store")
    @GET
    @Path("/plan-failures")
    public Uni<Page<PlanFailure>> planFailures(
            @QueryParam("user") @Min(1) @Max(Long.MAX_VALUE) @Nullable Long user,
            @QueryParam("cursor") @Size(max = PageToken.MAX_LENGTH) @Nullable String cursor,
            @QueryParam("limit") @DefaultValue(Page.DEFAULT_LIMIT) @Min(1) @Max(Page.MAX_LIMIT) int limit) {
        return user == null ? newestFailures(cursor, limit) : failuresOf(user, cursor, limit);
    }

    private Uni<Page<PlanFailure>> newestFailures(@Nullable String cursor, int limit) {
        String list = "plan-failures";
        var after = PageToken.read(list, cursor);
        return failures.newest(
                        after.map(token -> token.instant(0)).orElse(END_OF_TIME),
                        after.map(token -> token.number(1)).orElse(Long.MAX_VALUE),
                        after.map(token -> token.date(2)).orElse(END_OF_DAYS),
                        limit + 1)
                .map(rows -> Page.of(
                        rows, limit, last -> PageToken.of(list, last.failedAt(), last.userId(), last.planDate())));
    }

    private Uni<Page<PlanFailure>> failuresOf(long user, @Nullable String cursor, int limit) {
        String list = "plan-failures/" + user;
        LocalDate before =
                PageToken.read(list, cursor).map(token -> token.date(0)).orElse(END_OF_DAYS);
        return failures.ofUser(user, before, limit + 1)
                .map(rows -> Page.of(rows, limit, last -> PageToken.of(list, last.planDate())));
    }

    @Operation(
            operationId = "statementCosts",
            summary = "What this tier's statements cost, the most expensive first",
            description = "Other tiers publish theirs as metrics.")
    @APIResponse(
            responseCode = "200",
            description = "Statements by total time.",
            content = @Content(examples = @ExampleObject(name = "queries", value = OpsExamples.QUERIES)))
    @ResponseHeader(name = "Cache-Control", value = "no-store")
    @GET
    @Path("/queries")
    public Uni<StatementCosts> queries(
            @QueryParam("limit") @DefaultValue(Page.DEFAULT_LIMIT) @Min(1) @Max(Page.MAX_LIMIT) int limit) {
        List<StatementCosts.InProcess> process = meters.mostExpensive(limit);
        return costs.mostExpensive(limit)
                .map(database -> new StatementCosts(database, null, process))
                .onFailure(OpsResource::isWithoutFigures)
                .recoverWithItem(new StatementCosts(null, "pg_stat_statements is not at hand on this server", process));
    }

    /** Not installed, not loaded, or not granted; every other failure is one. */
    private static boolean isWithoutFigures(Throwable failure) {
        return failure instanceof SqlFailure refused
                && List.of("42P01", "3F000", "55000", "42501").contains(refused.sqlState());
    }
}
