-- How fast a tenant's learners may ask for plans in the interactive lane, where it differs from the configured quota.

create table tenant_quotas (
    tenant_id bigint primary key references tenants on delete cascade,
    plans_per_second integer not null check (plans_per_second between 1 and 10000),
    burst integer not null check (burst between 1 and 100000)
);

comment on table tenant_quotas is 'Tenants with a quota of their own. Writing tier: none, operators set it as the schema''s owner.';
comment on column tenant_quotas.tenant_id is 'The tenant.';
comment on column tenant_quotas.plans_per_second is 'Plans its learners may ask for per second, sustained, over all replicas.';
comment on column tenant_quotas.burst is 'Plans they may ask for at once after a quiet time, over all replicas.';
