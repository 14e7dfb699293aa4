"""The best pairing of rows and columns where a column has room for several rows: Kuhn's Hungarian method."""

from collections.abc import Sequence

Costs = Sequence[Sequence[int]]
NOT_REACHED = 2**62


def pair(costs: Costs, room: Sequence[int]) -> list[int]:
    """Return for each row its column, so that the costs together are the least possible.

    `costs[row][column]` are whole numbers; `room[column]` says how many rows a column takes. The columns together must
    have room for every row: else `ValueError`. It takes at most rows x rows x columns steps, and seldom so many.
    """
    if len(costs) > sum(room):
        raise ValueError(f"{len(costs)} rows do not fit into {sum(room)} places")
    row_price, column_price = [0] * len(costs), [0] * len(room)
    column_of: list[int] = []
    rows_in: list[list[int]] = [[] for _ in room]
    for row in range(len(costs)):
        column_of.append(-1)
        column, came_from = _nearest_room(row, costs, room, rows_in, row_price, column_price)
        while column != -1:  # along the way back each row moves on to the column that was reached through it
            moved = came_from[column]
            left = column_of[moved]
            rows_in[column].append(moved)
            column_of[moved] = column
            if left != -1:
                rows_in[left].remove(moved)
            column = left
    return column_of


def _nearest_room(
    row: int,
    costs: Costs,
    room: Sequence[int],
    rows_in: Sequence[Sequence[int]],
    row_price: list[int],
    column_price: list[int],
) -> tuple[int, list[int]]:
    """Search outwards from a new row for the cheapest column with room, moving rows on from those that are full.

    Return that column, and for each column the row through which it was reached. The prices are kept such that no pair
    costs less than its row's and its column's together: that is what makes the cheapest way also the best pairing.
    """
    came_from = [-1] * len(room)
    distance = [NOT_REACHED] * len(room)
    reached: list[int] = []
    unreached = [column for column in range(len(room)) if room[column]]
    rows, entering = [row], [row]
    while True:
        for inner in entering:
            price, of_row = row_price[inner], costs[inner]
            for column in unreached:
                if (cost := of_row[column] - price - column_price[column]) < distance[column]:
                    distance[column], came_from[column] = cost, inner
        nearest = min(unreached, key=distance.__getitem__)
        step = distance[nearest]
        if step:
            for inner in rows:
                row_price[inner] += step
            for column in reached:
                column_price[column] -= step
            for column in unreached:
                distance[column] -= step
        if len(rows_in[nearest]) < room[nearest]:
            return nearest, came_from
        unreached.remove(nearest)
        reached.append(nearest)
        entering = list(rows_in[nearest])
        rows += entering
