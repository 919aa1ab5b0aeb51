#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""bench-imap.py [--build DIR] [--runs N] [--only PART]… [sizes]: IMAP over TLS from a local Dovecot, each figure beside a peer in the same run:

  full      a whole mailbox: the raw wire (FETCH 1:* BODY.PEEK[], bytes thrown away), mbsync into a maildir, Posthorn into its store
  far       a smaller one over a line with 40 ms round trips
  rows      a very large mailbox: from the login to the first 200 rows, and to the last; the raw wire fetching 200 envelopes
  nothing   many folders in which nothing changed: round trips and seconds of one more pass, and mbsync's
  flags     1,000 flags that another client changed, and mbsync's time for the same

Figures are medians with ratios and the largest peak memory; nothing here passes or fails."""
import argparse, imaplib, json, os, re, shutil, socket, ssl, statistics, subprocess, sys, tempfile, threading, time
from collections import defaultdict, deque
HERE = os.path.dirname(os.path.abspath(__file__))
sys.path[:0] = [HERE, os.path.join(HERE, '..', 'servers')]
import corpus, servers

PARTS = ('full', 'far', 'rows', 'nothing', 'flags')


class DelayingProxy:
    """Half of the round trip on each way; as much bandwidth as there is."""

    def __init__(self, target, round_trip):
        self.target, self.delay = target, round_trip / 2
        self.listener = socket.create_server(('127.0.0.1', 0))
        self.port = self.listener.getsockname()[1]
        threading.Thread(target=self.accept, daemon=True).start()

    def accept(self):
        while True:
            near, _ = self.listener.accept()
            far = socket.create_connection(('127.0.0.1', self.target))
            for s in (near, far):
                s.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            for one, other in ((near, far), (far, near)):
                queue, ready = deque(), threading.Semaphore(0)
                threading.Thread(target=self.take, args=(one, queue, ready), daemon=True).start()
                threading.Thread(target=self.give, args=(other, queue, ready), daemon=True).start()

    def take(self, one, queue, ready):
        piece = b'-'
        while piece:
            try:
                piece = one.recv(1 << 16)
            except OSError:
                piece = b''
            queue.append((time.monotonic() + self.delay, piece))
            ready.release()

    def give(self, other, queue, ready):
        while True:
            ready.acquire()
            due, piece = queue.popleft()
            time.sleep(max(0, due - time.monotonic()))
            try:
                if not piece:
                    other.shutdown(socket.SHUT_WR)
                    return
                other.sendall(piece)
            except OSError:
                return


class Bench:
    def __init__(self, options, d):
        self.o, self.d = options, d
        self.cli = os.path.abspath(os.path.join(options.build, 'src/cli/posthorn-cli'))
        self.imap_pass = os.path.abspath(os.path.join(options.build, 'tests/sync/imap-pass'))
        self.facts = servers.start(d, 'dovecot')
        self.port = self.facts['ports']['imaps']
        with open(d + '/password', 'w') as f:
            f.write('ana-pw')
        self.env = dict(os.environ, POSTHORN_PASSWORD_FILE_1=d + '/password', HOME=d, XDG_DATA_HOME=d + '/x', XDG_CONFIG_HOME=d + '/x', DBUS_SESSION_BUS_ADDRESS='unix:path=/nonexistent')
        self.seconds, self.peaks = defaultdict(list), defaultdict(float)

    def note(self, name, seconds, peak=0, cpu=0, more=''):
        self.seconds[name].append(seconds)
        self.peaks[name] = max(self.peaks[name], peak)
        print('  %-28s %7.2f s%s%s' % (name, seconds, '  cpu %6.2f s  peak %4.0f MB' % (cpu, peak) if peak else '', more), flush=True)

    def timed(self, name, args, quiet=False):
        """One whole process; what it said."""
        log = self.d + '/log'
        began = time.perf_counter()
        with open(log, 'wb') as out:
            child = subprocess.Popen(args, env=self.env, stdin=subprocess.DEVNULL, stdout=out, stderr=out)
            _, status, usage = os.wait4(child.pid, 0)
        seconds = time.perf_counter() - began
        with open(log, errors='replace') as f:
            said = f.read()
        if os.waitstatus_to_exitcode(status):
            sys.exit('%s failed:\n%s' % (args[0], said[-3000:]))
        if not quiet:
            self.note(name, seconds, usage.ru_maxrss / 1024, usage.ru_utime + usage.ru_stime)
        else:
            self.peaks[name] = max(self.peaks[name], usage.ru_maxrss / 1024)
        return said

    def ratio(self, x, y):
        return statistics.median(p / q for p, q in zip(self.seconds[x], self.seconds[y]))

    def client(self):
        imap = imaplib.IMAP4_SSL('localhost', self.port, ssl_context=ssl.create_default_context(cafile=self.facts['ca']))
        imap.login('ana@posthorn.test', 'ana-pw')
        return imap

    def mailbox(self, count):
        """A new Inbox of so many messages of the corpus, in Dovecot's index already."""
        box = servers.maildir(self.d, 'ana@posthorn.test')
        shutil.rmtree(box, ignore_errors=True)
        size = corpus.make(count, box)
        servers.own(self.d)
        self.raw(self.port)
        return size

    def raw(self, port, items=b'BODY.PEEK[]', numbers=b'1:*'):
        """What the wire allows: log in, one FETCH for all, read until the last answer is through. Seconds in all, and after the login."""
        began = time.perf_counter()
        context = ssl.create_default_context(cafile=self.facts['ca'])
        s = context.wrap_socket(socket.create_connection(('127.0.0.1', port)), server_hostname='localhost')
        f = s.makefile('rb')
        f.readline()
        for tag, line in ((b'a', b'LOGIN ana@posthorn.test ana-pw'), (b'b', b'SELECT INBOX')):
            if tag == b'b':
                logged_in = time.perf_counter()
            s.sendall(tag + b' ' + line + b'\r\n')
            while not f.readline().startswith(tag + b' '):
                pass
        s.sendall(b'c FETCH ' + numbers + b' (' + items + b')\r\nd LOGOUT\r\n')
        while s.recv(1 << 18):
            pass
        now = time.perf_counter()
        s.close()
        return now - began, now - logged_in

    def mbsync(self, name, port, patterns='INBOX', fresh=True, pull='Pull'):
        box, rc = self.d + '/mbsync', self.d + '/mbsyncrc'
        if fresh:
            shutil.rmtree(box, ignore_errors=True)
            os.makedirs(box)
        with open(rc, 'w') as f:
            f.write('IMAPStore far\nHost localhost\nPort %d\nUser ana@posthorn.test\nPass ana-pw\nSSLType IMAPS\nCertificateFile %s\n\nMaildirStore near\nPath %s/\nInbox %s/INBOX\n'
                    'SubFolders Verbatim\n\nChannel all\nFar :far:\nNear :near:\nPatterns %s\nCreate Near\nSync %s\nSyncState *\n' % (port, self.facts['ca'], box, box, patterns, pull))
        os.chmod(rc, 0o600)
        self.timed(name, ['mbsync', '-q', '-c', rc, 'all'])
        return sum(len(os.listdir(os.path.join(top, sub))) for top, subs, _ in os.walk(box) for sub in subs if sub in ('cur', 'new'))

    def posthorn(self, name, port):
        profile = self.d + '/profile'
        shutil.rmtree(profile, ignore_errors=True)
        subprocess.run([self.cli, '--profile', profile, 'account', 'add', '--email', 'ana@posthorn.test', '--incoming', 'imap', '--host', 'localhost', '--port', str(port),
                        '--smtp-host', 'localhost', '--smtp-port', str(self.facts['smtp_tls']), '--ca-file', self.facts['ca'], '--no-check', '--password-file', self.d + '/password'],
                       env=self.env, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        said = self.timed(name, [self.cli, '--profile', profile, '--json', 'sync', '1'])
        report = json.loads(said[said.index('{'):])['accounts'][0]
        listed = json.loads(subprocess.run([self.cli, '--profile', profile, '--json', 'folder', 'list', '1'], env=self.env, check=True, capture_output=True).stdout)
        return sum(f['total'] for f in listed['folders']), report

    def passes(self, name, bodies, count, fresh=False):
        """Passes over one connection, as the engine makes them: what each line said."""
        database = self.d + '/pass.db'
        if fresh:
            for path in os.listdir(self.d):
                if path.startswith('pass.db'):
                    os.unlink(os.path.join(self.d, path))
        said = self.timed(name, [self.imap_pass, database, 'localhost', str(self.port), 'tls', 'ana@posthorn.test', self.d + '/password', self.facts['ca'], bodies, str(count)], quiet=True)
        return [line for line in said.splitlines() if line.startswith('new ')]

    def part_full(self, count=None, port=None, suffix=''):
        count = count or self.o.count
        size = self.mailbox(count)
        port = port or self.port
        print('%d messages, %.0f MB%s' % (count, size / 1e6, suffix), flush=True)
        raw, mbsync, mine = 'raw wire' + suffix, 'mbsync' + suffix, 'posthorn' + suffix
        for _ in range(self.o.runs):
            self.note(raw, self.raw(port)[0])
            theirs = self.mbsync(mbsync, port)
            ours, report = self.posthorn(mine, port)
            print('  %-28s %d round trips, %.1f MB in, %.1f kB out' % ('', report['round_trips'], report['bytes_in'] / 1e6, report['bytes_out'] / 1e3))
            if theirs != count or ours != count:
                sys.exit('mbsync has %d messages, Posthorn %d, of %d' % (theirs, ours, count))
        print('  mbsync / posthorn %.2f   posthorn / raw wire %.2f   mbsync / raw wire %.2f   peak %.0f MB' % (self.ratio(mbsync, mine), self.ratio(mine, raw), self.ratio(mbsync, raw), self.peaks[mine]))

    def part_far(self):
        self.part_full(self.o.far_count, DelayingProxy(self.port, .04).port, ', 40 ms')

    def part_rows(self):
        box = servers.maildir(self.d, 'ana@posthorn.test')
        shutil.rmtree(box, ignore_errors=True)
        for sub in ('cur', 'new', 'tmp'):
            os.makedirs(box + '/' + sub)
        for i in range(self.o.rows_count):
            when = corpus.EPOCH + i * 60
            name, address = 'Person %d' % (i % 997), 'p%d@example.org' % (i % 997)
            with open('%s/cur/%d.M%06dP1.bench:2,S' % (box, when, i), 'w') as f:
                f.write('Message-ID: <r%d@example.org>\nDate: %s\nFrom: %s <%s>\nTo: ana@posthorn.test\nSubject: Row %d\n\nText %d\n' % (i, corpus.date(when), name, address, i, i))
        servers.own(self.d)
        print('%d messages in one mailbox' % self.o.rows_count, flush=True)
        last = b'%d:*' % max(1, self.o.rows_count - 199)
        items = b'UID FLAGS INTERNALDATE RFC822.SIZE ENVELOPE BODYSTRUCTURE BODY.PEEK[HEADER]'
        self.raw(self.port, items)
        for _ in range(self.o.runs):
            self.note('raw wire, 200 envelopes', self.raw(self.port, items, last)[1])
            line = self.passes('posthorn, rows', 'none', 1, fresh=True)[0]
            found = re.search(r'first (\d+) rows ([\d.]+) s', line)
            self.note('posthorn, first %s rows' % found.group(1), float(found.group(2)))
            print('  %-28s %s' % ('', line))
        print('  peak %.0f MB' % self.peaks['posthorn, rows'])

    def many_folders(self, folders, each):
        box = servers.maildir(self.d, 'ana@posthorn.test')
        shutil.rmtree(box, ignore_errors=True)
        for k in range(folders):
            corpus.make(each, box + ('/.Folder %d' % k if k else ''))
        servers.own(self.d)

    def part_nothing(self):
        self.many_folders(self.o.folders, 20)
        print('%d folders, nothing changed' % self.o.folders, flush=True)
        self.passes('posthorn', 'all', 2, fresh=True)
        self.mbsync('mbsync, first', self.port, '*')
        for _ in range(self.o.runs):
            self.mbsync('mbsync, nothing', self.port, '*', fresh=False)
            lines = self.passes('posthorn, nothing', 'all', 2)
            for name, line in zip(('posthorn, nothing, login too', 'posthorn, nothing, next pass'), lines):
                self.note(name, float(re.search(r'([\d.]+) s', line).group(1)), more='  ' + re.search(r'round trips \d+', line).group())
        print('  mbsync / posthorn, both with the login: %.2f' % self.ratio('mbsync, nothing', 'posthorn, nothing, login too'))

    def part_flags(self):
        self.mailbox(self.o.flags_count)
        print('%d flags changed elsewhere' % self.o.flags_count, flush=True)
        self.passes('posthorn', 'none', 1, fresh=True)
        self.mbsync('mbsync, first', self.port, 'INBOX')
        for n in range(self.o.runs):
            other = self.client()
            other.select()
            other.store('1:*', '-FLAGS' if n % 2 else '+FLAGS', '(\\Flagged)')
            other.logout()
            self.mbsync('mbsync, flags', self.port, 'INBOX', fresh=False)
            line = self.passes('posthorn, flags', 'none', 1)[0]
            self.note('posthorn, flags', float(re.search(r'([\d.]+) s', line).group(1)), more='  ' + line.split(', in ')[0])
        print('  mbsync / posthorn %.2f' % self.ratio('mbsync, flags', 'posthorn, flags'))


def main():
    a = argparse.ArgumentParser(description=__doc__.split('\n')[0])
    a.add_argument('--build', default='_build')
    a.add_argument('--runs', type=int, default=3)
    a.add_argument('--count', type=int, default=10000)
    a.add_argument('--far-count', type=int, default=1000)
    a.add_argument('--rows-count', type=int, default=100000)
    a.add_argument('--folders', type=int, default=50)
    a.add_argument('--flags-count', type=int, default=1000)
    a.add_argument('--only', action='append', choices=PARTS)
    o = a.parse_args()
    if not shutil.which('mbsync'):
        sys.exit('bench-imap.py: mbsync is not installed (Debian: isync)')
    d = tempfile.mkdtemp(prefix='posthorn-', dir='/tmp')
    try:
        bench = Bench(o, d)
        for part in o.only or PARTS:
            getattr(bench, 'part_' + part)()
        for name, values in bench.seconds.items():
            print('%-32s median %.2f s (%.2f to %.2f)' % (name, statistics.median(values), min(values), max(values)))
    finally:
        servers.stop(d)
        shutil.rmtree(d, ignore_errors=True)


if __name__ == '__main__':
    main()
