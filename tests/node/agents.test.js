"use strict";

const assert = require("node:assert/strict");
const { test } = require("node:test");
const { parallax, plain, prismc, serve } = require("./prism.js");

const ticket = { text: "The program crashes when I start it.", customer_tier: "pro" };

/** An agent that answers by a function of its data, and keeps what it was asked. */
async function startAgent(context, id, answer) {
  const requests = [];
  const { server, address } = await serve(parallax.confidence.ConfidenceAgent.service, {
    Analyze(call, reply) {
      requests.push(call.request);
      const [value, confidence] = answer(plain(call.request.data));
      reply(null, { value_json: JSON.stringify(value), confidence, agent_id: id, reasoning: `${id} read it` });
    },
    GetCapabilities(_call, reply) {
      reply(null, { agent_id: id, name: id, capabilities: ["classification"], expertise_level: NaN });
    },
    HealthCheck(_call, reply) {
      reply(null, { status: "HEALTHY" });
    },
  });
  context.after(() => server.forceShutdown());
  return { id, address, requests };
}

/** A registry that knows those agents, and says so as registries do: by list, by id, and by a watch. */
async function startRegistry(context, agents) {
  const rows = agents.map(({ id, address }) => ({
    id,
    name: id,
    endpoint: address,
    capabilities: ["classification"],
    metadata: { version: "1.0.0", labels: { language: "javascript" } },
  }));
  const { server, address } = await serve(parallax.registry.Registry.service, {
    ListAgents: (_call, reply) => reply(null, { agents: rows, total_count: rows.length }),
    GetAgent: (call, reply) => reply(null, rows.find((row) => row.id === call.request.agent_id)),
    Watch: (call) => {
      if (call.request.include_initial) {
        rows.forEach((agent) => call.write({ type: "ADDED", agent }));
      }
    },
    Register: (call, reply) => reply(null, { success: true, lease_id: `lease-${call.request.agent.id}` }),
    Renew: (call, reply) => reply(null, { success: true, lease_id: call.request.lease_id }),
    Unregister: (_call, reply) => reply(null, { success: true }),
  });
  context.after(() => server.forceShutdown());
  return address;
}

const label = (data) => (data.text.includes("crash") ? ["bug", 0.95] : ["question", 0.6]);

test("a pattern runs on agents that a registry written in Node names", async (context) => {
  const agents = [];
  for (const id of ["node-a", "node-b", "node-c"]) {
    agents.push(await startAgent(context, id, label));
  }
  const registry = await startRegistry(context, agents);
  const ended = await prismc("run", "examples/triage.prism", "--registry", registry, "--input", JSON.stringify(ticket));
  assert.equal(ended.code, 0, ended.stderr);

  const result = JSON.parse(ended.stdout);
  assert.equal(result.value.label, "bug");
  assert.ok(result.confidence.point > 0.5, ended.stdout);

  const requests = agents.flatMap((agent) => agent.requests);
  assert.equal(result.calls, requests.length);
  for (const request of requests) {
    assert.equal(plain(request.data).text, ticket.text);
    assert.equal(request.pattern_name, "triage");
    assert.ok(request.task_id.startsWith(`${request.context["prism.run"]}/`), request.task_id);
    assert.ok(request.timeout_ms > 0);
  }
});

test("a registry that knows nobody leaves a pattern without agents", async (context) => {
  const registry = await startRegistry(context, []);
  const ended = await prismc("run", "examples/triage.prism", "--registry", registry, "--input", JSON.stringify(ticket));
  assert.equal(ended.code, 5, ended.stderr);
  assert.match(ended.stderr, /agents\/none|select\/too-few/);
});
