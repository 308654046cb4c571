"""The likelihood of measured levels as the operators of samplers: emcee, PyMC and NumPyro.

Each of them needs its own package, which is imported when the operator is made. All compute value and gradient in the
native library, in one call, with the lock of Python released.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy

from ._model import Model

__all__ = ["for_emcee", "for_jax", "for_pymc"]


def for_emcee(
        model: Model, data: Any, *, sigma: float, below: Any | None = None,
        log_prior: Callable[[numpy.ndarray], numpy.ndarray] | None = None) -> Callable[[numpy.ndarray], numpy.ndarray]:
    """A logarithm of a posterior for `emcee.EnsembleSampler(…, vectorize=True)`: sets (n, p) in, numbers (n,) out.

    `data`, `sigma` and `below` are those of `Model.loglikelihood`; `log_prior` takes sets (n, p) and gives (n,). Sets to
    which the prior gives nothing are not computed.
    """

    def log_posterior(theta: numpy.ndarray) -> numpy.ndarray:
        sets = numpy.atleast_2d(numpy.asarray(theta, dtype=float))
        values = numpy.zeros(len(sets)) if log_prior is None else numpy.array(log_prior(sets), dtype=float)
        allowed = numpy.isfinite(values)
        if allowed.any():
            values[allowed] += model.loglikelihood(sets[allowed], data, sigma=sigma, below=below)
        return numpy.where(numpy.isnan(values), -numpy.inf, values)

    return log_posterior


def for_pymc(model: Model, data: Any, *, sigma: float, below: Any | None = None) -> Any:
    """A PyTensor Op with gradient: a vector of parameters in, the logarithm of the likelihood out.

    Use it as `pymc.Potential("likelihood", for_pymc(model, data, sigma=0.3)(theta))`.
    """
    import pytensor.tensor as tensor
    from pytensor.graph.basic import Apply
    from pytensor.graph.op import Op

    class Both(Op):
        """Value and gradient, which cost little more than the value."""

        def make_node(self, *inputs: Any) -> Any:
            (theta,) = inputs
            return Apply(self, [tensor.as_tensor_variable(theta)], [tensor.dscalar(), tensor.dvector()])

        def perform(self, node: Any, inputs: Any, outputs: Any) -> None:
            values, slopes = model.loglikelihood(inputs[0][None], data, sigma=sigma, below=below, gradient=True)
            outputs[0][0] = numpy.asarray(values[0])
            outputs[1][0] = numpy.where(numpy.isfinite(slopes[0]), slopes[0], 0.0)

        def grad(self, inputs: Any, gradients: Any) -> Any:
            again: Any = self(inputs[0])
            return [gradients[0] * again[1]]

    both: Any = Both()
    return lambda theta: both(theta)[0]


def for_jax(
        model: Model, data: Any, *, sigma: float, below: Any | None = None) -> Callable[[Any], Any]:
    """A function for JAX and NumPyro: a vector of parameters in, the logarithm of the likelihood out.

    Its derivative is that of the native library (`custom_vjp`); it may be mapped and compiled. Numbers need 64 bits:
    `jax.config.update("jax_enable_x64", True)`, or `numpyro.enable_x64()`.
    """
    from importlib import import_module

    # JAX leaves some of its names to be made when they are asked for: a checker of types does not see them.
    jax: Any = import_module("jax")

    if not jax.config.jax_enable_x64:
        raise ValueError('levels need 64 bits: jax.config.update("jax_enable_x64", True)')

    def call(theta: Any) -> tuple[numpy.ndarray, numpy.ndarray]:
        places = numpy.asarray(theta, dtype=float)
        sets = places.reshape(-1, places.shape[-1])
        values, slopes = model.loglikelihood(sets, data, sigma=sigma, below=below, gradient=True)
        slopes = numpy.where(numpy.isfinite(slopes), slopes, 0.0)
        return values.reshape(places.shape[:-1]), slopes.reshape(places.shape)

    def both(theta: Any) -> Any:
        shapes = (jax.ShapeDtypeStruct(theta.shape[:-1], "float64"), jax.ShapeDtypeStruct(theta.shape, "float64"))
        return jax.pure_callback(call, shapes, theta, vmap_method="broadcast_all")

    def value(theta: Any) -> Any:
        return both(theta)[0]

    def forward(theta: Any) -> Any:
        return both(theta)

    def backward(slopes: Any, change: Any) -> Any:
        return (change[..., None] * slopes,)

    log_likelihood: Any = jax.custom_vjp(value)
    log_likelihood.defvjp(forward, backward)
    found: Callable[[Any], Any] = log_likelihood
    return found
