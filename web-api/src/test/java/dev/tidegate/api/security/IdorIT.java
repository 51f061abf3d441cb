package dev.tidegate.api.security;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidegate.api.testing.Rows;
import dev.tidegate.api.testing.Servers;
import dev.tidegate.api.testing.Tokens;
import dev.tidegate.api.testing.VirtualClock;
import dev.tidegate.sql.testing.TestQueries;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Nobody sees or changes what belongs to somebody else, whichever operation is tried (insecure direct object reference). */
@QuarkusTest
@WithTestResource(Servers.class)
class IdorIT {

    /** Content that all tenants share; what editors and operators may do is a matter of groups (TokensIT). */
    private static final Set<String> SHARED = Set.of("/v1/lessons", "/v1/subjects", "/v1/content", "/v1/ops");

    @Inject
    VirtualClock clock;

    private World world;

    @BeforeEach
    void owner() {
        clock.set(World.NOW);
        world = new World();
    }

    enum Intruder {
        NEIGHBOUR_IN_THE_SAME_TENANT,
        STRANGER_OF_ANOTHER_TENANT,
        OWNER_WITH_THE_TOKEN_OF_ANOTHER_TENANT,
        STRANGER_WITH_THE_OWNERS_TENANT;

        String token(World world) {
            Tokens token = switch (this) {
                case NEIGHBOUR_IN_THE_SAME_TENANT -> Tokens.of(world.neighbour, world.tenant);
                case STRANGER_OF_ANOTHER_TENANT -> Tokens.of(world.stranger, world.otherTenant);
                case OWNER_WITH_THE_TOKEN_OF_ANOTHER_TENANT -> Tokens.of(world.owner, world.otherTenant);
                case STRANGER_WITH_THE_OWNERS_TENANT -> Tokens.of(world.stranger, world.tenant);
            };
            return token.sign();
        }
    }

    @ParameterizedTest
    @EnumSource
    void ownersRowsAreNotFoundByOthersAndStayAsTheyAre(Intruder intruder) throws SQLException {
        String token = intruder.token(world);
        List<String> before = ownersRows();

        for (Api.Operation operation : Api.operations()) {
            if (operation.hasPathParameter() && SHARED.stream().noneMatch(operation.path()::startsWith)) {
                Call.Answer answer = new Call(operation, world).token(token).send();
                assertThat(answer.status()).as("%s: %s", operation, answer).isEqualTo(404);
                assertThat(answer.body()).contains("https://tidegate.dev/problems/not-found");
            }
        }

        assertThat(ownersRows()).isEqualTo(before);
    }

    @ParameterizedTest
    @EnumSource
    void noReadShowsTheOwnersRowsToOthers(Intruder intruder) {
        String token = intruder.token(world);
        for (Api.Operation operation : Api.operations()) {
            if (operation.method().equals("get") && operation.groups().isEmpty() && !operation.isEventStream()) {
                Call.Answer answer = new Call(operation, world).token(token).send();
                assertThat(answer.body()).as("%s", operation).doesNotContain(World.SECRET);
                assertThat(answer.status()).as("%s: %s", operation, answer).isLessThan(500);
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void noWriteOfOthersUsesTheOwnersRows(Intruder intruder) throws SQLException {
        String token = intruder.token(world);
        List<String> before = ownersRows();
        for (Api.Operation operation : Api.operations()) {
            if (!operation.method().equals("get") && operation.groups().isEmpty()) {
                Call.Answer answer = new Call(operation, world).token(token).send();
                assertThat(answer.status()).as("%s: %s", operation, answer).isLessThan(500);
                assertThat(answer.body()).as("%s", operation).doesNotContain(World.SECRET);
            }
        }

        assertThat(ownersRows()).isEqualTo(before);
    }

    @Test
    void ownerSeesWhatOthersDoNot() {
        long shown = Api.operations().stream()
                .filter(operation ->
                        operation.method().equals("get") && operation.groups().isEmpty() && !operation.isEventStream())
                .filter(operation -> new Call(operation, world)
                        .token(world.ownersToken("learner"))
                        .send()
                        .body()
                        .contains(World.SECRET))
                .count();

        assertThat(shown).as("reads that show the owner's rows").isGreaterThanOrEqualTo(1);
    }

    /** One line per table with the owner's rows in it, so that a difference names the table. */
    private List<String> ownersRows() throws SQLException {
        return TestQueries.strings(Rows.as("postgres"), """
                select c.table_name || ': ' || (xpath('/row/digest/text()', query_to_xml(format(
                           $q$select coalesce(md5(string_agg(r::text, ',' order by r::text)), 'none') as digest
                              from %I r where %s = %s$q$,
                           c.table_name,
                           case c.table_name when 'users' then 'id' else 'user_id' end,
                           ?::bigint), false, true, '')))[1]::text
                from information_schema.tables c
                where c.table_schema = 'public'
                  and (c.table_name = 'users'
                       or exists (select from information_schema.columns k
                                  where k.table_schema = 'public'
                                    and k.table_name = c.table_name
                                    and k.column_name = 'user_id'))
                order by c.table_name
                """, world.owner);
    }
}
