"""An example agent, asked by Google's Python gRPC: it registers with a registry that is not ours and answers."""

import concurrent.futures
import json
import os
import queue
import subprocess
import unittest

import grpc
from google.protobuf import empty_pb2

import prism

CONFIDENCE = prism.PROTOCOL.confidence_pb2
REGISTRY = prism.PROTOCOL.registry_pb2


class Registry(prism.PROTOCOL.registry_pb2_grpc.RegistryServicer):
    """The least that an agent needs of a registry."""

    def __init__(self):
        self.registered = queue.Queue()
        self.unregistered = queue.Queue()

    def Register(self, request, context):
        self.registered.put(request.agent)
        return REGISTRY.RegisterResponse(success=True, message="ok", lease_id=f"lease-{request.agent.id}")

    def Renew(self, request, context):
        return REGISTRY.RegisterResponse(success=True, lease_id=request.lease_id)

    def Unregister(self, request, context):
        self.unregistered.put(request.id)
        return REGISTRY.RegisterResponse(success=True)


class AnExampleAgentSpeaksPlainGrpc(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.registry = Registry()
        cls.server = grpc.server(concurrent.futures.ThreadPoolExecutor(4))
        prism.PROTOCOL.registry_pb2_grpc.add_RegistryServicer_to_server(cls.registry, cls.server)
        port = cls.server.add_insecure_port("127.0.0.1:0")
        cls.server.start()
        environment = {
            "PATH": os.environ.get("PATH", ""),
            "PARALLAX_REGISTRY": f"127.0.0.1:{port}",
            "PARALLAX_AGENT_HOST": "127.0.0.1",
            "PRISM_AGENT_ID": "lexicon",
        }
        cls.process = subprocess.Popen(
            [prism.program("lexicon-agent")], cwd=prism.ROOT, env=environment, stdin=subprocess.DEVNULL
        )
        cls.addClassCleanup(cls.stop)
        cls.description = cls.registry.registered.get(timeout=20)
        channel = grpc.insecure_channel(cls.description.endpoint)
        cls.addClassCleanup(channel.close)
        cls.agent = prism.PROTOCOL.confidence_pb2_grpc.ConfidenceAgentStub(channel)

    @classmethod
    def stop(cls):
        if cls.process.poll() is None:
            cls.process.kill()
        cls.process.wait()
        cls.server.stop(grace=None)

    def test_1_it_registers_under_the_id_that_it_was_given(self):
        self.assertEqual(self.description.id, "lexicon")
        self.assertIn("classification", self.description.capabilities)
        self.assertRegex(self.description.endpoint, r"^127\.0\.0\.1:\d+$")

    def test_2_it_answers_with_json_and_a_confidence(self):
        request = CONFIDENCE.AgentRequest(
            task_id="run/triage/label#1", task_description="Which label fits this ticket?", pattern_name="triage"
        )
        request.data.update({"text": "The program crashes with an error as soon as I start it."})
        answer = self.agent.Analyze(request, timeout=10)
        self.assertEqual(json.loads(answer.value_json), "bug")
        self.assertTrue(answer.HasField("confidence"))
        self.assertGreater(answer.confidence, 0.0)
        self.assertLessEqual(answer.confidence, 1.0)

    def test_3_it_describes_itself(self):
        capabilities = self.agent.GetCapabilities(empty_pb2.Empty(), timeout=10)
        self.assertEqual(set(capabilities.capabilities), set(self.description.capabilities))
        health = self.agent.HealthCheck(empty_pb2.Empty(), timeout=10)
        self.assertEqual(health.status, CONFIDENCE.Health.HEALTHY)

    def test_4_it_takes_its_leave_when_it_is_asked_to_end(self):
        self.process.terminate()
        self.assertEqual(self.registry.unregistered.get(timeout=10), "lexicon")
        self.assertEqual(self.process.wait(timeout=10), 0)


if __name__ == "__main__":
    unittest.main()
