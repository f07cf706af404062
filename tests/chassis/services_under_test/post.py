"""The post: owns parcels and tells everybody about them."""

import time
from typing import Any

import eventlet

from chassis.decider import Rejected
from chassis.errors import WIRE
from chassis.service import Desk, Plan, rpc
from tests.chassis import parcels
from tests.chassis.parcels import Send, Stamp, parcel

PLAN = Plan(
    source="post",
    vocabulary=parcels.VOCABULARY,
    announce=parcels.announce,
    projections=(parcels.PROJECTION,),
    metadata=parcels.METADATA,
)


class PostService:
    """Everything about parcels, and some misbehaviour on demand."""

    name = "post"
    desk = Desk(PLAN)

    @rpc
    def send(self, candidate_id: str, parcel_id: str, weight: int = 1) -> dict[str, Any]:
        command = Send(candidate_id=candidate_id, parcel_id=parcel_id, weight=weight)
        return {"written": self.desk.handle(parcel, parcel_id, command, subject=candidate_id).mark}

    @rpc
    def stamp(self, candidate_id: str, parcel_id: str, times: int = 1) -> dict[str, Any]:
        command = Stamp(candidate_id=candidate_id, parcel_id=parcel_id, times=times)
        return {"written": self.desk.handle(parcel, parcel_id, command, subject=candidate_id).mark}

    @rpc
    def fail(self, kind: str) -> None:
        if kind in WIRE:
            raise WIRE[kind]("some-code", number=1)
        raise ValueError("with a secret in it")

    @rpc
    def nap(self, seconds: float) -> str:
        eventlet.sleep(seconds)
        return "awake"

    @rpc
    def blow_up(self, size: int) -> str:
        return "x" * size

    @rpc
    def slow_query(self, seconds: float) -> float:
        began = time.monotonic()
        with self.desk.read() as connection:
            connection.exec_driver_sql(f"SELECT pg_sleep({float(seconds)})")
        return time.monotonic() - began

    @rpc
    def quick_query(self) -> int:
        with self.desk.read() as connection:
            return int(connection.exec_driver_sql("SELECT 1").scalar_one())

    @rpc
    def refuse(self) -> None:
        raise Rejected("not-today", day="Sunday")


SERVICE = PostService
