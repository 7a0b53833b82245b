"use strict";

const assert = require("node:assert/strict");
const { spawn } = require("node:child_process");
const { once } = require("node:events");
const { test } = require("node:test");
const { grpc, parallax, program, root, serve } = require("./prism.js");

test("an example agent registers with Node, answers it, and takes its leave", async (context) => {
  const registered = [];
  const unregistered = [];
  let announce;
  const announced = new Promise((resolve) => (announce = resolve));
  const { server, address } = await serve(parallax.registry.Registry.service, {
    Register(call, reply) {
      registered.push(call.request.agent);
      reply(null, { success: true, lease_id: `lease-${call.request.agent.id}` });
      announce(call.request.agent);
    },
    Renew: (call, reply) => reply(null, { success: true, lease_id: call.request.lease_id }),
    Unregister(call, reply) {
      unregistered.push(call.request.id);
      reply(null, { success: true });
    },
  });
  context.after(() => server.forceShutdown());

  const agent = spawn(program("rules-agent"), [], {
    cwd: root,
    env: { PARALLAX_REGISTRY: address, PARALLAX_AGENT_HOST: "127.0.0.1", PRISM_AGENT_ID: "rules" },
    stdio: ["ignore", "inherit", "inherit"],
  });
  context.after(() => agent.kill("SIGKILL"));
  const ended = once(agent, "exit");
  const died = ended.then(([code]) => Promise.reject(new Error(`the agent ended with ${code}`)));
  const description = await Promise.race([announced, died]);
  died.catch(() => {});
  assert.equal(description.id, "rules");
  assert.ok(description.capabilities.includes("classification"), description.capabilities);

  const client = new parallax.confidence.ConfidenceAgent(description.endpoint, grpc.credentials.createInsecure());
  context.after(() => client.close());
  const answer = await new Promise((resolve, reject) => {
    const request = {
      task_id: "run/triage/label#1",
      task_description: "Which label fits this ticket?",
      data: { fields: { text: { stringValue: "The program crashes with an error when I start it." } } },
      pattern_name: "triage",
    };
    const deadline = Date.now() + 10_000;
    client.Analyze(request, { deadline }, (error, value) => (error ? reject(error) : resolve(value)));
  });
  assert.equal(JSON.parse(answer.value_json), "bug");
  assert.ok(answer.confidence > 0 && answer.confidence <= 1, `${answer.confidence}`);

  agent.kill("SIGTERM");
  assert.deepEqual(await ended, [0, null]);
  assert.deepEqual(unregistered, ["rules"]);
  assert.equal(registered.length, 1);
});
