"""The cheapest way to send as much as can be through a network: the paths of the least cost first."""

import heapq
from typing import Final

FAR: Final = 2**62


class Network:
    """Nodes and edges with room and cost, in whole numbers; an edge and the one back are `edge` and `edge ^ 1`."""

    def __init__(self) -> None:
        self._edges_of: list[list[int]] = []
        self._to: list[int] = []
        self._room: list[int] = []
        self._cost: list[int] = []
        self._price: list[int] = []

    def node(self) -> int:
        """Add a node; return it."""
        self._edges_of.append([])
        return len(self._edges_of) - 1

    def edge(self, start: int, end: int, *, room: int, cost: int = 0) -> int:
        """Add an edge of a cost of 0 or more; return it."""
        found = len(self._to)
        for begin, to, has, costs in ((start, end, room, cost), (end, start, 0, -cost)):
            self._edges_of[begin].append(len(self._to))
            self._to.append(to)
            self._room.append(has)
            self._cost.append(costs)
        return found

    def used(self, edge: int) -> int:
        """Return how much goes along an edge."""
        return self._room[edge ^ 1]

    def send(self, source: int, sink: int) -> int:
        """Send as much as can be from one node to another, as cheaply as it can be; return how much."""
        self._price = [0] * len(self._edges_of)
        return sum(self._phase(source, sink) for _ in iter(lambda: self._reprice(source, sink), False))

    def _reprice(self, source: int, sink: int) -> bool:
        """Raise each node's price by how far it is; return whether the sink can be reached at all."""
        far = [FAR] * len(self._edges_of)
        far[source] = 0
        waiting = [(0, source)]
        while waiting:
            distance, node = heapq.heappop(waiting)
            if distance > far[node]:
                continue
            priced = distance + self._price[node]
            for edge in self._edges_of[node]:
                if self._room[edge]:
                    to = self._to[edge]
                    reached = priced + self._cost[edge] - self._price[to]
                    if reached < far[to]:
                        far[to] = reached
                        heapq.heappush(waiting, (reached, to))
        furthest = far[sink]
        if furthest == FAR:
            return False
        self._price = [price + min(reached, furthest) for price, reached in zip(self._price, far, strict=True)]
        return True

    def _phase(self, source: int, sink: int) -> int:
        """Send all that can go along paths of no further cost; return how much."""
        return sum(self._block(source, sink, levels) for levels in iter(lambda: self._levels(source, sink), None))

    def _free(self, node: int, edge: int) -> bool:
        return bool(self._room[edge]) and self._price[node] + self._cost[edge] == self._price[self._to[edge]]

    def _levels(self, source: int, sink: int) -> list[int] | None:
        levels = [-1] * len(self._edges_of)
        levels[source] = 0
        waiting = [source]
        for node in waiting:
            for edge in self._edges_of[node]:
                to = self._to[edge]
                if levels[to] < 0 and self._free(node, edge):
                    levels[to] = levels[node] + 1
                    waiting.append(to)
        return levels if levels[sink] >= 0 else None

    def _block(self, source: int, sink: int, levels: list[int]) -> int:
        """Send along paths that go a level on with every edge, until there is none."""
        next_of = [0] * len(self._edges_of)
        sent = 0
        while path := self._path(source, sink, levels, next_of):
            room = min(self._room[edge] for edge in path)
            for edge in path:
                self._room[edge] -= room
                self._room[edge ^ 1] += room
            sent += room
        return sent

    def _path(self, source: int, sink: int, levels: list[int], next_of: list[int]) -> list[int]:
        path: list[int] = []
        node = source
        while node != sink:
            edge = self._step(node, levels, next_of)
            if edge is not None:
                path.append(edge)
                node = self._to[edge]
            elif not path:
                return []
            else:
                levels[node] = -1  # nothing leads on from it
                node = self._to[path.pop() ^ 1]
        return path

    def _step(self, node: int, levels: list[int], next_of: list[int]) -> int | None:
        edges = self._edges_of[node]
        while next_of[node] < len(edges):
            edge = edges[next_of[node]]
            if levels[self._to[edge]] == levels[node] + 1 and self._free(node, edge):
                return edge
            next_of[node] += 1
        return None
