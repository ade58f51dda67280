"""Values are made, compared and copied as those of an ordinary class, and refuse what such a class refuses."""

from __future__ import annotations

import pytest

from csm.domain.value import Value


class Point(Value):
    x: int
    y: int = 2
    label: str = ""


class Ball(Point):
    radius: int = 1
    label = "ball"


class Box(Point):
    """A parent's fields only."""


def test_fields_are_set_by_place_by_name_and_by_default() -> None:
    point = Point(1, label="here")
    assert (point.x, point.y, point.label) == (1, 2, "here")
    assert vars(point) == {"x": 1, "y": 2, "label": "here"}
    assert repr(point) == "Point(x=1, y=2, label='here')"


def test_the_fields_of_a_parent_come_first_and_a_child_may_change_their_defaults() -> None:
    ball = Ball(1, 3, "red", 5)
    assert vars(ball) == {"x": 1, "y": 3, "label": "red", "radius": 5}
    assert vars(Ball(1)) == {"x": 1, "y": 2, "label": "ball", "radius": 1}
    assert vars(Box(1)) == {"x": 1, "y": 2, "label": ""}
    assert vars(Point(1)) == {"x": 1, "y": 2, "label": ""}


def test_values_are_equal_if_their_class_and_all_fields_are() -> None:
    assert Point(1) == Point(x=1, y=2, label="")
    assert Point(1) != Point(1, 3)
    assert Point(1) != Box(1)


def test_a_copy_has_other_values_for_the_fields_named() -> None:
    point = Point(1)
    assert point._replace(y=4) == Point(1, 4)
    assert point == Point(1, 2)


@pytest.mark.parametrize(
    ("values", "named", "result"),
    [
        ((), {}, "Point() missing 1 required arguments: 'x'"),
        ((), {"y": 1}, "Point() missing 1 required arguments: 'x'"),
        ((1, 2, "", 4), {}, "Point() takes 3 positional arguments but 4 were given"),
        ((1,), {"lable": ""}, "Point() got an unexpected keyword argument 'lable'"),
        ((1,), {"x": 1}, "Point() got multiple values for argument 'x'"),
        ((1, 2), {"y": 2, "label": ""}, "Point() got multiple values for argument 'y'"),
    ],
)
def test_wrong_arguments_are_a_type_error(values: tuple[object, ...], named: dict[str, object], result: str) -> None:
    with pytest.raises(TypeError) as raised:
        Point(*values, **named)  # type: ignore[arg-type]
    assert str(raised.value) == result


def test_a_copy_refuses_a_field_that_there_is_not() -> None:
    with pytest.raises(TypeError) as raised:
        Point(1)._replace(z=3)
    assert str(raised.value) == "Point() got an unexpected keyword argument 'z'"
