#!/usr/bin/env python3
"""What is deployed names options, ports and routes that there are, and is as hardened as it says."""
import json
import os
import re
import subprocess
import tempfile
import unittest
from pathlib import Path

import yaml

ROOT = Path(__file__).resolve().parent.parent.parent
DEPLOY = ROOT / "deploy"
UNIT = DEPLOY / "systemd/riptide.service"
DOCKERFILE = DEPLOY / "docker/Dockerfile"
MANIFESTS = DEPLOY / "kubernetes/riptide.yaml"
OPTION = re.compile(r"(?<!-D)\bRIPTIDE_[A-Z_]*[A-Z]\b")


def options():
    environment = {k: v for k, v in os.environ.items() if not k.startswith("RIPTIDE_")}
    told = subprocess.run([os.environ["RIPTIDE_BIN"], "config", "--format", "json"], check=True,
                          capture_output=True, text=True, env=environment).stdout
    return {option["environment"]: option for option in json.loads(told)}


def resources():
    return {resource["kind"]: resource for resource in yaml.safe_load_all(MANIFESTS.read_text())}


class Deploy(unittest.TestCase):
    def test_every_option_that_is_named_exists(self):
        known = options()
        for path in [UNIT, DOCKERFILE, MANIFESTS]:
            for name in OPTION.findall(path.read_text()):
                self.assertTrue(name in known, f"{path.name}: {name}")

    def test_values_that_are_set_are_allowed(self):
        settings = {**resources()["ConfigMap"]["data"],
                    **dict(re.findall(r"^(?:ENV|   ) +(RIPTIDE_\w+)=(\S+)", DOCKERFILE.read_text(),
                                      re.M))}
        self.assertGreater(len(settings), 4)
        for name, value in settings.items():
            done = subprocess.run([os.environ["RIPTIDE_BIN"], "config"], capture_output=True,
                                  env={name: value}, check=False)
            self.assertEqual((done.returncode, done.stderr), (0, b""), name)


class SystemdUnit(unittest.TestCase):
    def unit(self, directory):
        """As installed, but for the program."""
        path = Path(directory) / "riptide.service"
        path.write_text(UNIT.read_text().replace("/usr/bin/riptide", os.environ["RIPTIDE_BIN"]))
        return path

    def test_systemd_has_nothing_to_say_about_it(self):
        with tempfile.TemporaryDirectory() as directory:
            done = subprocess.run(["systemd-analyze", "verify", "--man=no", self.unit(directory)],
                                  capture_output=True, text=True, check=False)
        self.assertEqual((done.returncode, done.stdout + done.stderr), (0, ""))

    def test_is_hardened(self):
        with tempfile.TemporaryDirectory() as directory:
            subprocess.run(["systemd-analyze", "security", "--offline=true", "--threshold=20",
                            self.unit(directory)], check=True, capture_output=True)

    def test_the_filter_allows_what_helpers_and_compiled_code_need(self):
        text = UNIT.read_text()
        self.assertNotIn("MemoryDenyWriteExecute=yes", text)
        self.assertRegex(text, r"(?m)^SystemCallFilter=@system-service seccomp$")
        self.assertRegex(text, r"(?m)^OOMPolicy=continue$")


class Kubernetes(unittest.TestCase):
    def setUp(self):
        self.resources = resources()
        self.pod = self.resources["Deployment"]["spec"]["template"]["spec"]
        self.container = self.pod["containers"][0]

    def test_everything_selects_the_pods_of_the_deployment(self):
        labels = self.resources["Deployment"]["spec"]["template"]["metadata"]["labels"]
        for kind, selector in [("Service", "selector"), ("PodDisruptionBudget", "selector"),
                               ("NetworkPolicy", "podSelector"), ("Deployment", "selector")]:
            found = self.resources[kind]["spec"][selector]
            self.assertEqual(found.get("matchLabels", found), labels, kind)

    def test_ports_are_those_that_the_service_listens_on(self):
        ports = {port["name"]: port["containerPort"] for port in self.container["ports"]}
        data = self.resources["ConfigMap"]["data"]
        self.assertEqual(data["RIPTIDE_LISTEN"], f"0.0.0.0:{ports['http']}")
        self.assertEqual(data["RIPTIDE_ADMIN_LISTEN"], f"0.0.0.0:{ports['admin']}")
        for probe in ["startupProbe", "readinessProbe", "livenessProbe"]:
            self.assertIn(self.container[probe]["httpGet"]["port"], ports)
        self.assertEqual(self.resources["Service"]["spec"]["ports"][0]["targetPort"], "http")

    def test_has_the_time_to_drain(self):
        drain = int(self.resources["ConfigMap"]["data"]["RIPTIDE_DRAIN_TIMEOUT_SECS"])
        pause = int(self.container["lifecycle"]["preStop"]["exec"]["command"][1])
        self.assertGreater(self.pod["terminationGracePeriodSeconds"], drain + pause)

    def test_can_do_no_more_than_it_has_to(self):
        context = self.container["securityContext"]
        self.assertFalse(context["allowPrivilegeEscalation"])
        self.assertTrue(context["readOnlyRootFilesystem"])
        self.assertEqual(context["capabilities"], {"drop": ["ALL"]})
        self.assertTrue(self.pod["securityContext"]["runAsNonRoot"])
        self.assertFalse(self.pod["automountServiceAccountToken"])
        self.assertIn("memory", self.container["resources"]["limits"])
        self.assertEqual(self.resources["NetworkPolicy"]["spec"]["egress"], [])

    def test_no_service_link_looks_like_an_option(self):
        self.assertFalse(self.pod["enableServiceLinks"])


class Image(unittest.TestCase):
    def test_runs_as_nobody_and_checks_its_health(self):
        text = DOCKERFILE.read_text()
        last_stage = text[text.rindex("\nFROM "):]
        self.assertRegex(last_stage, r"(?m)^USER [1-9]\d*:[1-9]\d*$")
        self.assertIn("HEALTHCHECK", last_stage)
        self.assertNotIn("apt-get", last_stage)


if __name__ == "__main__":
    unittest.main()
