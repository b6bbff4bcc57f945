"""Addresses of the board, the lists behind its numbers, and the figures."""

from __future__ import annotations

from django.urls import path

from jinli.site.views import board

app_name = "board"
urlpatterns = [
    path("board/", board.board, name="board"),
    path("board/list/", board.board_list, name="list"),
    path("board/matters/", board.matters, name="matters"),
    path("figures/", board.figures, name="figures"),
    path("t/<str:town_code>/figures/", board.public_figures, name="public-figures"),
]
