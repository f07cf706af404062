"""Loaded by every Python process of a faulty system: makes one part misbehave, as the environment says."""

import importlib.abc
import importlib.machinery
import importlib.util
import os
import random
import signal
import sys

FAULT = os.environ.get("FAULT", "")


def deliver_twice(module):
    """Every message that a service consumes arrives a second time."""
    original = module.Channel._on_basic_deliver

    def twice(self, consumer_tag, delivery_tag, redelivered, exchange, routing_key, msg):
        for _ in range(2):
            original(self, consumer_tag, delivery_tag, redelivered, exchange, routing_key, msg)

    module.Channel._on_basic_deliver = twice


def die_before_the_mark(module):
    """A relay whose batch the broker has confirmed dies, now and then, before it can note that."""
    original = module.Relay.mark

    def mark(self, partition, sequence):
        if random.random() < 0.02:
            os.kill(os.getpid(), signal.SIGKILL)
        original(self, partition, sequence)

    module.Relay.mark = mark


FAULTS = {"twice": ("amqp.channel", deliver_twice), "relay": ("chassis.relay", die_before_the_mark)}


class Loader(importlib.abc.Loader):
    def __init__(self, inner, change):
        self.inner, self.change = inner, change

    def create_module(self, spec):
        return self.inner.create_module(spec)

    def exec_module(self, module):
        self.inner.exec_module(module)
        self.change(module)


class Finder(importlib.abc.MetaPathFinder):
    def __init__(self, name, change):
        self.name, self.change = name, change

    def find_spec(self, fullname, path, _target=None):
        if fullname != self.name:
            return None
        spec = importlib.machinery.PathFinder.find_spec(fullname, path)
        spec.loader = Loader(spec.loader, self.change)
        return spec


if FAULT in FAULTS:
    sys.meta_path.insert(0, Finder(*FAULTS[FAULT]))
