#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""bench-start.py [--build DIR] [--messages N] [--runs N]: from the start of the program to its window, painted, on a profile with N messages in its
Inbox, and the memory it has then; beside Geary, Balsa, Claws Mail and Evolution where they are installed (Debian: geary balsa claws-mail evolution).

Seconds are taken from the screen itself, Xvfb's framebuffer looked at every few milliseconds, the same for every program: "painted" is when as much of the
screen as a window covers has left the background and has the shades of text in it, "still" the last time that anything changed before a second of rest.
Memory is PSS: what processes share is counted once. Web processes are WebKit's, counted apart. The peers open an empty profile of one account,
which is less than they would do for mail; where one asks about accounts first, that is the window it is measured by.
Nothing here passes or fails."""
import argparse, array, mmap, os, shutil, statistics, struct, subprocess, sys, tempfile, time
HERE = os.path.dirname(os.path.abspath(__file__))
sys.path[:0] = [os.path.join(HERE, '..', 'ui')]
import session

PATIENCE, REST = 30, 1.0
PEERS = [('geary', ['geary']), ('balsa', ['balsa']), ('claws-mail', ['claws-mail', '--alternate-config-dir', 'claws']), ('evolution', ['evolution', '--offline'])]


class Screen(session.Session):
    """A session whose display can be read."""

    def spawn(self, args, **kw):
        return super().spawn(args + ['-fbdir', self.dir] if args[0] == 'Xvfb' else args, **kw)

    def open(self):
        path = self.dir + '/Xvfb_screen0'
        self.file = open(path, 'rb')
        self.map = mmap.mmap(self.file.fileno(), 0, prot=mmap.PROT_READ)
        head = struct.unpack('>25I', self.map[:100])
        self.width, self.height, self.line = head[4], head[5], head[12]
        self.start = head[0] + head[19] * 12

    def look(self):
        """Every fourth pixel of every eighth line"""
        rows = [self.map[self.start + y * self.line:self.start + y * self.line + self.width * 4] for y in range(0, self.height, 8)]
        return array.array('I', b''.join(rows))[::4]


def is_painted(before, now):
    changed = [b for a, b in zip(before, now) if a != b]
    return len(changed) > len(now) * .2 and len(set(changed)) > 12


def measure_memory(pids):
    """PSS in MB: of the program, and of its web processes"""
    own = web = 0
    for pid in pids:
        try:
            with open('/proc/%d/cmdline' % pid) as f:
                name = f.read().split('\0')[0]
            with open('/proc/%d/smaps_rollup' % pid) as f:
                size = next(int(line.split()[1]) for line in f if line.startswith('Pss:')) / 1024
        except (OSError, StopIteration):
            continue
        if 'WebKit' in name or 'bwrap' in name or 'xdg-dbus-proxy' in name:
            web += size
        else:
            own += size
    return own, web


def descendants(pid):
    parents = {}
    for other in filter(str.isdigit, os.listdir('/proc')):
        try:
            with open('/proc/%s/stat' % other) as f:
                parents[int(other)] = int(f.read().rsplit(')', 1)[1].split()[1])
        except OSError:
            pass
    found = {pid}
    for _ in range(10):
        found |= {child for child, parent in parents.items() if parent in found}
    return found


def start(screen, args, cwd):
    """Seconds to the painted window, to the last change; MB"""
    time.sleep(.3)
    before = last = screen.look()
    began = time.perf_counter()
    child = screen.spawn(args, cwd=cwd)
    painted = still = None
    while time.perf_counter() - began < PATIENCE and child.poll() is None:
        now = screen.look()
        at = time.perf_counter() - began
        if painted is None and is_painted(before, now):
            painted = at
        if now != last:
            still, last = at, now
        if painted and at - still > REST:
            break
        time.sleep(.004)
    own, web = measure_memory(descendants(child.pid))
    processor = 0
    try:
        with open('/proc/%d/stat' % child.pid) as f:
            processor = sum(map(int, f.read().rsplit(')', 1)[1].split()[11:13])) / os.sysconf('SC_CLK_TCK')
    except OSError:
        pass
    child.terminate()
    try:
        child.wait(10)
    except subprocess.TimeoutExpired:
        child.kill()
        child.wait()
    return painted, still, own, web, processor


def keyring(folder):
    """libsecret's own file: no keyring daemon is asked, and none asks back"""
    return {'SECRET_BACKEND': 'file', 'SECRET_FILE_TEST_PATH': folder + '/keyring', 'SECRET_FILE_TEST_PASSWORD': 'x'}


def make_profile(build, folder, n):
    """An account that nobody can reach, its Inbox filled, and the search index of it complete, as it is at any start but the first"""
    password = folder + '/password'
    with open(password, 'w') as f:
        f.write('x')
    env = dict(os.environ, HOME=folder, DBUS_SESSION_BUS_ADDRESS='unix:path=/nonexistent', **keyring(folder))
    subprocess.run([build + '/src/cli/posthorn-cli', '--profile', folder + '/profile', 'account', 'add', '--email', 'ana@example.org', '--incoming', 'pop3', '--host', 'localhost', '--port', '9',
                    '--smtp-host', 'localhost', '--smtp-port', '9', '--no-check', '--password-file', password], env=env, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    subprocess.run([build + '/tests/bench/bench-fill', folder + '/profile', str(n)], check=True)
    subprocess.run([build + '/src/cli/posthorn-cli', '--profile', folder + '/profile', 'search', 'anything'], env=env, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def main():
    a = argparse.ArgumentParser(description=__doc__.split('\n')[0])
    a.add_argument('--build', default='_build')
    a.add_argument('--messages', type=int, default=100000)
    a.add_argument('--runs', type=int, default=5)
    o = a.parse_args()
    build = os.path.abspath(o.build)
    folder = tempfile.mkdtemp(prefix='posthorn-bench-', dir='/tmp')
    programs = [('posthorn', [build + '/src/app/posthorn', '--profile', folder + '/profile'])] + [(name, args) for name, args in PEERS if shutil.which(args[0])]
    missing = [name for name, args in PEERS if not shutil.which(args[0])]
    results = {}
    try:
        make_profile(build, folder, o.messages)
        for run in range(o.runs):
            for name, args in programs:
                with Screen(wm=None, keyring='unlocked' if name == 'geary' else 'none') as screen:   # Geary shows nothing without a Secret Service
                    screen.env.update(GSETTINGS_SCHEMA_DIR=build + '/data', **keyring(folder))
                    screen.open()
                    figures = start(screen, args, folder)
                if figures[0] is None:
                    print('%-12s showed no window in %d s' % (name, PATIENCE), flush=True)
                    continue
                results.setdefault(name, []).append(figures)
                print('%-12s painted after %5.2f s  still after %5.2f s  processor %5.2f s  %4.0f MB, web processes %4.0f MB' % ((name,) + figures[:2] + (figures[4],) + figures[2:4]), flush=True)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    for name, rows in results.items():
        print('%-12s median: painted after %.2f s, still after %.2f s, %.0f MB' % ((name,) + tuple(statistics.median(row[i] for row in rows) for i in (0, 1, 2))))
    if missing:
        print('not installed: ' + ', '.join(missing))
    if 'posthorn' in results:
        print('targets:')
        for words, i, limit in (('s to the painted window, %d messages' % o.messages, 0, .6), ('MB of memory (PSS) without web processes', 2, 120)):
            value = statistics.median(row[i] for row in results['posthorn'])
            print('%-60s %8.2f  wanted <= %6.2f  %s' % (words, value, limit, 'met' if value <= limit else 'MISSED'))


if __name__ == '__main__':
    main()
