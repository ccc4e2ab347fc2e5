"""Parts of kernels as they go into kernels: linked, but neither optimised nor made machine code.

numba finishes whatever it compiles before it links it into anything else, though these functions
run only inside the kernels that call them, which are optimised as a whole. That was a quarter of
all compiling, and no kernel is slower without it.
"""

from typing import Any

from numba.core import codegen, compiler


class UnfinishedLibrary(codegen.JITCodeLibrary):
    """What numba keeps of a part: functions for the linker, none that could be called.

    Where a later numba names its steps otherwise, parts are finished again, which only takes
    longer.
    """

    @property
    def codegen(self) -> "UnfinishedLibrary":
        """Who is told where the part finds Python's objects: it uses none."""
        return self

    def set_env(self, _name: str, _environment: Any) -> None:
        """Does nothing: only machine code has a place for them."""

    def get_pointer_to_function(self, _name: str) -> int:
        """0, which stands for none."""
        self._ensure_finalized()  # type: ignore[no-untyped-call]
        return 0

    def _optimize_final_module(self) -> None:
        pass

    def _finalize_final_module(self) -> None:
        self._finalize_dynamic_globals()  # type: ignore[no-untyped-call]
        self._finalized = True


class PartCompiler(compiler.Compiler):
    """Compiles a function that is only part of others."""

    def define_pipelines(self) -> Any:
        """numba's own steps, into a library that stays unfinished."""
        state = self.state
        state.library = UnfinishedLibrary(  # type: ignore[no-untyped-call]
            state.targetctx.codegen(), state.func_id.func_qualname
        )
        return super().define_pipelines()  # type: ignore[no-untyped-call]
