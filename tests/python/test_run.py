"""`prismc run` with agents that are written in Python, on Google's gRPC."""

import concurrent.futures
import json
import pathlib
import tempfile
import threading
import unittest

import grpc

import prism

CONFIDENCE = prism.PROTOCOL.confidence_pb2
TICKET = {"text": "The program crashes when I start it.", "customer_tier": "pro"}


class Agent(prism.PROTOCOL.confidence_pb2_grpc.ConfidenceAgentServicer):
    """Answers each task by a function of its data, and keeps what it was asked."""

    def __init__(self, name, answer):
        self.name = name
        self.answer = answer
        self.requests = []
        self.lock = threading.Lock()
        self.server = grpc.server(concurrent.futures.ThreadPoolExecutor(4))
        prism.PROTOCOL.confidence_pb2_grpc.add_ConfidenceAgentServicer_to_server(self, self.server)
        self.port = self.server.add_insecure_port("127.0.0.1:0")
        self.server.start()

    def Analyze(self, request, context):
        with self.lock:
            self.requests.append((request, context.time_remaining()))
        value, confidence = self.answer(request.data["text"])
        return CONFIDENCE.ConfidenceResult(
            value_json=json.dumps(value), confidence=confidence, agent_id=self.name, reasoning=f"{self.name} read it"
        )

    def GetCapabilities(self, request, context):
        return CONFIDENCE.Capabilities(agent_id=self.name, name=self.name, capabilities=["classification"])

    def HealthCheck(self, request, context):
        return CONFIDENCE.Health(status=CONFIDENCE.Health.HEALTHY)


def label(text):
    return ("bug", 0.95) if "crash" in text else ("question", 0.6)


class PatternsRunOnPythonAgents(unittest.TestCase):
    def run_with(self, agents):
        with tempfile.TemporaryDirectory() as folder:
            path = pathlib.Path(folder) / "agents.toml"
            rows = [
                f'[[agent]]\nid = "{agent.name}"\nendpoint = "127.0.0.1:{agent.port}"\n'
                'capabilities = ["classification"]\n'
                for agent in agents
            ]
            path.write_text("\n".join(rows), encoding="utf-8")
            return prism.prismc("run", prism.EXAMPLE, "--agents", str(path), "--input", json.dumps(TICKET))

    def agents(self, *answers):
        agents = [Agent(f"python-{number}", answer) for number, answer in enumerate(answers)]
        for agent in agents:
            self.addCleanup(agent.server.stop, None)
        return agents

    def test_their_answers_are_pooled_into_the_result(self):
        agents = self.agents(label, label, label)
        ended = self.run_with(agents)
        self.assertEqual(ended.returncode, 0, ended.stderr)
        result = json.loads(ended.stdout)
        self.assertEqual(result["value"]["label"], "bug")
        self.assertGreater(result["confidence"]["point"], 0.5)
        self.assertEqual(result["calls"], sum(len(agent.requests) for agent in agents))

    def test_a_task_arrives_with_its_data_deadline_and_origin(self):
        agents = self.agents(label, label, label)
        ended = self.run_with(agents)
        self.assertEqual(ended.returncode, 0, ended.stderr)
        requests = [request for agent in agents for request in agent.requests]
        self.assertTrue(requests)
        self.assertEqual(len({request.task_id for request, _ in requests}), len(requests))
        for request, remaining in requests:
            self.assertEqual(request.data["text"], TICKET["text"])
            self.assertEqual(request.pattern_name, "triage")
            self.assertTrue(request.task_id.startswith(request.context["prism.run"] + "/"), request.task_id)
            self.assertGreater(request.timeout_ms, 0)
            self.assertIsNotNone(remaining)
            self.assertLessEqual(remaining * 1000, request.timeout_ms + 1)

    def test_an_answer_that_fits_no_label_counts_for_nothing(self):
        def rubbish(text):
            return ("purple", 0.99)

        agents = self.agents(rubbish, label, label, label)
        ended = self.run_with(agents)
        self.assertEqual(ended.returncode, 0, ended.stderr)
        self.assertEqual(json.loads(ended.stdout)["value"]["label"], "bug")
        self.assertTrue(agents[0].requests, "the agent under test was not asked")
        self.assertIn("contract/mismatch", ended.stderr)


if __name__ == "__main__":
    unittest.main()
