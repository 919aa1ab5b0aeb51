# SPDX-License-Identifier: GPL-3.0-or-later
"""The steps of a journey through the window, one after the other, told as TAP."""
import traceback


def run(journey, prefix='', names=None, on_failure=None):
    """Calls the methods of journey that have no "_" before their names, or those of names; what comes after one that failed is not tried.
    on_failure () looks at what is on the screen. A child that still runs at the end is ended. True when something failed."""
    names = names or [name for name in vars(type(journey)) if not name.startswith('_')]
    failed = False
    print('1..%d' % len(names), flush=True)
    for number, name in enumerate(names, 1):
        words = prefix + name.replace('_', '-')
        if failed:
            print('not ok %d %s # not tried' % (number, words))
            continue
        try:
            getattr(journey, name)()
            print('ok %d %s' % (number, words), flush=True)
        except BaseException:
            failed = True
            print('not ok %d %s' % (number, words), flush=True)
            traceback.print_exc()
            if on_failure:
                on_failure()
    child = getattr(journey, 'child', None)
    if child and child.poll() is None:
        child.kill()
        child.wait()
    return failed
