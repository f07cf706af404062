#!/usr/bin/env python3
"""Prints what candidates achieve: partner_example.py AMQP_URI QUEUE [COUNT [SECONDS]]; needs `pip install pika`."""

import json
import os
import sys
import time

import pika
from pika.exceptions import AMQPError, ChannelClosedByBroker, ProbableAuthenticationError

given = dict(enumerate(sys.argv))
uri, queue = given.get(1) or os.environ.get("AMQP_URI"), given.get(2) or os.environ.get("AMQP_QUEUE")
count, seconds = int(given.get(3, 0)), float(given.get(4, 0))
wanted = {"ExamPassed", "CertificationEarned", "KitClaimed", "TranscriptDisclosed"}
highest: dict[tuple[str, str], tuple[str, int]] = {}  # a real system keeps this in one transaction with its own work
printed = 0
if not uri or not queue:
    sys.exit(__doc__)
while True:
    try:
        channel = pika.BlockingConnection(pika.URLParameters(uri)).channel()
        channel.basic_qos(prefetch_count=100)
        for delivery, _, body in channel.consume(queue, inactivity_timeout=seconds or None):
            if delivery is None:  # nothing came for so many seconds
                sys.exit()
            event = json.loads(body)
            source, epoch, partition, sequence = event["id"].split("/")
            last_epoch, last = highest.get((source, partition), (epoch, 0))
            if epoch != last_epoch or int(sequence) > last:  # else it came before
                highest[source, partition] = (epoch, int(sequence))
                if event["type"].split(".")[2] in wanted:
                    print(event["type"], event["subject"], event["time"], flush=True)  # noqa: T201  its purpose
                    printed += 1
            channel.basic_ack(delivery.delivery_tag)
            if printed == count > 0:
                sys.exit()
    except (AMQPError, OSError) as trouble:
        if isinstance(trouble, ProbableAuthenticationError | ChannelClosedByBroker) and not highest:
            sys.exit(f"The broker refuses: {trouble}")
        print("The broker is away, trying again:", repr(trouble), file=sys.stderr)  # noqa: T201  its purpose
        time.sleep(2)  # what was not acknowledged comes again
