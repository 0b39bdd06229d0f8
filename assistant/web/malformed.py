"""The answer to a request that has not the form asked for."""

from __future__ import annotations

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse


def add_malformed(app: FastAPI) -> None:
    """Says which field is wrong, and repeats nothing that was sent.

    FastAPI's own answer repeats it, which fails on half a surrogate pair and would carry what
    was typed into whatever logs responses.
    """

    @app.exception_handler(RequestValidationError)
    def malformed(request: Request, error: RequestValidationError) -> JSONResponse:
        faults = [
            {"field": ".".join(str(part) for part in fault["loc"][1:]), "problem": fault["type"]}
            for fault in error.errors()[:10]
        ]
        told = "La demande n’a pas la forme attendue."
        return JSONResponse({"detail": told, "faults": faults}, 422)
