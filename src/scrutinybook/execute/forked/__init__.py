"""Kernels forked from one warm parent: a notebook costs its own cells, not its imports.

    run ──orders──► parent      imports the heavy libraries once, then only forks (`parent`)
                      ├─ worker     runs papermill for one notebook (`worker`)
                      │    └─ kernel    forked by the worker before it starts a thread (`kernel`)
                      └─ worker ...

Worker and kernel are the same code as without forking, and do the same; only how they come about
differs (`provisioner`).
"""
