package dev.tidegate.api.plan;

import dev.tidegate.api.paging.Page;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.ResponseHeader;

/** What learners wait for, for operators; of all tenants, like everything under this path. */
@Path("/v1/ops/plan-requests")
@RolesAllowed("operator")
@Tag(name = "Operations")
public class OpenRequestsResource {

    private final OpenRequests open;

    OpenRequestsResource(OpenRequests open) {
        this.open = open;
    }

    @Operation(
            operationId = "openPlanRequests",
            summary = "Plans that learners wait for, the oldest first",
            description = "Those who poll at the replica that answers; from memory.")
    @APIResponse(
            responseCode = "200",
            description = "Open requests.",
            content = @Content(examples = @ExampleObject(name = "open", value = PlanExamples.OPEN)))
    @ResponseHeader(name = "Cache-Control", value = "no-store")
    @GET
    @Produces(MediaType.APPLICATION_JSON)
    public List<OpenRequest> oldest(
            @QueryParam("limit") @DefaultValue(Page.DEFAULT_LIMIT) @Min(1) @Max(Page.MAX_LIMIT) int limit) {
        return open.oldest(limit);
    }
}
