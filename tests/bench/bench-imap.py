#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""bench-imap.py [--build DIR] [--runs N] [--only PART]… [sizes]: IMAP over TLS from a local Dovecot, each figure beside a peer in the same run:

  full      a whole mailbox: the raw wire (FETCH 1:* BODY.PEEK[] through openssl s_client, bytes thrown away), mbsync into a maildir, Posthorn into its store
  index     the same with the search index complete at the end, beside mbsync alone, which has none
  far       a smaller one over a line with 40 ms round trips
  rows      a very large mailbox: from the login to the first 200 rows, and to the last; the raw wire fetching 200 envelopes
  nothing   many folders in which nothing changed: round trips and seconds of one more pass, and mbsync's
  flags     1,000 flags that another client changed in a large mailbox, and mbsync's time for the same

The raw wire logs in twice over: by LOGIN, in one round trip, and by SCRAM-SHA-256, in two, as Posthorn does. Figures are medians with ratios
and the largest peak memory; at the end each target stands beside what was measured. Nothing here passes or fails: a loaded machine misses them."""
import argparse, base64, hashlib, hmac, imaplib, json, os, re, shutil, socket, sqlite3, ssl, statistics, subprocess, sys, tempfile, threading, time
from collections import defaultdict, deque
HERE = os.path.dirname(os.path.abspath(__file__))
sys.path[:0] = [HERE, os.path.join(HERE, '..', 'servers')]
import corpus, servers

PARTS = ('full', 'index', 'far', 'rows', 'nothing', 'flags')


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
        self.seconds, self.peaks, self.targets = defaultdict(list), defaultdict(float), []

    def note(self, name, seconds, peak=0, cpu=0, more=''):
        self.seconds[name].append(seconds)
        self.peaks[name] = max(self.peaks[name], peak)
        print('  %-28s %7.2f s%s%s' % (name, seconds, '  cpu %6.2f s  peak %4.0f MB' % (cpu, peak) if peak else '', more), flush=True)

    def timed(self, name, args, quiet=False):
        """One whole process; what it said."""
        log = self.d + '/log'
        os.sync()   # what others wrote before is not waited for here
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

    def target(self, part, words, value, limit, at_least=False):
        self.targets.append('%-8s %-78s %8.2f  wanted %s %6.2f  %s' % (part, words, value, '>=' if at_least else '<=', limit, 'met' if (value >= limit if at_least else value <= limit) else 'MISSED'))

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

    def log_in(self, f, say, by_scram):
        """Up to the answer that lets in."""
        if not by_scram:
            say(b'a LOGIN ana@posthorn.test ana-pw')
            while not f.readline().startswith(b'a OK'):
                pass
            return
        bare = 'n=ana@posthorn.test,r=' + base64.b64encode(os.urandom(18)).decode()
        say(b'a AUTHENTICATE SCRAM-SHA-256 ' + base64.b64encode(('n,,' + bare).encode()))
        first = base64.b64decode(f.readline()[2:]).decode()
        facts = dict(part.split('=', 1) for part in first.split(','))
        salted = hashlib.pbkdf2_hmac('sha256', b'ana-pw', base64.b64decode(facts['s']), int(facts['i']))
        key = hmac.digest(salted, b'Client Key', 'sha256')
        last = 'c=biws,r=' + facts['r']
        signature = hmac.digest(hashlib.sha256(key).digest(), ','.join((bare, first, last)).encode(), 'sha256')
        say(base64.b64encode((last + ',p=' + base64.b64encode(bytes(x ^ y for x, y in zip(key, signature))).decode()).encode()) + b'\r\n')   # and the empty line that answers the server's proof
        f.readline()
        if not f.readline().startswith(b'a OK'):
            sys.exit('bench-imap.py: the server refuses SCRAM-SHA-256')

    def raw(self, port, items=b'BODY.PEEK[]', numbers=b'1:*', by_scram=False):
        """What the wire allows: log in, one FETCH for all, read until the last answer is through. Seconds in all, and after the login."""
        began = time.perf_counter()
        client = subprocess.Popen(['openssl', 's_client', '-quiet', '-verify_return_error', '-CAfile', self.facts['ca'], '-connect', 'localhost:%d' % port],
                                  stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, bufsize=0)
        f = client.stdout

        def say(line):
            client.stdin.write(line + b'\r\n')
        line = f.readline()
        while not line.startswith(b'* OK'):
            line = f.readline() or sys.exit('bench-imap.py: no greeting through openssl s_client')
        self.log_in(f, say, by_scram)
        logged_in = time.perf_counter()
        say(b'b SELECT INBOX')
        while not f.readline().startswith(b'b '):
            pass
        say(b'c FETCH ' + numbers + b' (' + items + b')\r\nd LOGOUT')
        while os.read(f.fileno(), 1 << 18):
            pass
        now = time.perf_counter()
        client.communicate()
        return now - began, now - logged_in

    def mbsync(self, name, port, patterns='INBOX', fresh=True, pull='Pull'):
        box, rc = self.d + '/mbsync', self.d + '/mbsyncrc'
        if fresh:
            shutil.rmtree(box, ignore_errors=True)
            os.makedirs(box)
        with open(rc, 'w') as f:
            f.write('IMAPStore far\nHost localhost\nPort %d\nUser ana@posthorn.test\nPass ana-pw\nSSLType IMAPS\nDisableExtension COMPRESS=DEFLATE\nCertificateFile %s\n\nMaildirStore near\nPath %s/\nInbox %s/INBOX\n'
                    'SubFolders Verbatim\n\nChannel all\nFar :far:\nNear :near:\nPatterns %s\nCreate Near\nSync %s\nSyncState *\n' % (port, self.facts['ca'], box, box, patterns, pull))
        os.chmod(rc, 0o600)
        self.timed(name, ['mbsync', '-q', '-c', rc, 'all'])
        return sum(len(os.listdir(os.path.join(top, sub))) for top, subs, _ in os.walk(box) for sub in subs if sub in ('cur', 'new'))

    def posthorn(self, name, port, *options):
        profile = self.d + '/profile'
        shutil.rmtree(profile, ignore_errors=True)
        subprocess.run([self.cli, '--profile', profile, 'account', 'add', '--email', 'ana@posthorn.test', '--incoming', 'imap', '--host', 'localhost', '--port', str(port),
                        '--smtp-host', 'localhost', '--smtp-port', str(self.facts['smtp_tls']), '--ca-file', self.facts['ca'], '--no-check', '--password-file', self.d + '/password'],
                       env=self.env, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        said = self.timed(name, [self.cli, '--profile', profile, '--json', 'sync', '1', *options])
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

    def part_full(self, count=None, port=None, suffix='', part='full'):
        count = count or self.o.count
        size = self.mailbox(count)
        port = port or self.port
        print('%d messages, %.0f MB%s' % (count, size / 1e6, suffix), flush=True)
        raw, scram, mbsync, mine = 'raw wire' + suffix, 'raw wire, SCRAM' + suffix, 'mbsync' + suffix, 'posthorn' + suffix
        for _ in range(self.o.runs):
            self.note(raw, self.raw(port)[0])
            self.note(scram, self.raw(port, by_scram=True)[0])
            theirs = self.mbsync(mbsync, port)
            ours, report = self.posthorn(mine, port)
            print('  %-28s %d round trips, %.1f MB in, %.1f kB out' % ('', report['round_trips'], report['bytes_in'] / 1e6, report['bytes_out'] / 1e3))
            if theirs != count or ours != count:
                sys.exit('mbsync has %d messages, Posthorn %d, of %d' % (theirs, ours, count))
        print('  mbsync / posthorn %.2f   posthorn / raw wire %.2f, with the same login %.2f   mbsync / raw wire %.2f   peak %.0f MB'
              % (self.ratio(mbsync, mine), self.ratio(mine, raw), self.ratio(mine, scram), self.ratio(mbsync, raw), self.peaks[mine]))
        if part == 'full':
            self.target(part, 'times as fast as mbsync, %d messages' % count, self.ratio(mbsync, mine), 3, at_least=True)
        self.target(part, 'times the raw wire, %d messages%s' % (count, suffix), self.ratio(mine, raw), 1.2 if part == 'far' else 2)
        self.target(part, 'times the raw wire with the same login, %d messages%s' % (count, suffix), self.ratio(mine, scram), 1.2 if part == 'far' else 2)
        self.target(part, 'MB of peak memory', self.peaks[mine], 200)

    def part_index(self):
        size = self.mailbox(self.o.count)
        print('%d messages, %.0f MB, with the search index' % (self.o.count, size / 1e6), flush=True)
        mbsync, mine = 'mbsync alone', 'posthorn with the index'
        for _ in range(self.o.runs):
            theirs = self.mbsync(mbsync, self.port)
            ours, _ = self.posthorn(mine, self.port, '--index')
            index = self.d + '/profile/mail.sqlite-search'
            with sqlite3.connect('file:%s?mode=ro' % index, uri=True) as db:
                indexed = db.execute('SELECT count (*) FROM doc').fetchone()[0]
            print('  %-28s %.0f MB of index' % ('', os.path.getsize(index) / 1e6))
            if theirs != self.o.count or ours != self.o.count or indexed != self.o.count:
                sys.exit('mbsync has %d messages, Posthorn %d and %d in the index, of %d' % (theirs, ours, indexed, self.o.count))
        self.target('index', 'times the seconds of mbsync alone, %d messages' % self.o.count, self.ratio(mine, mbsync), 1)
        self.target('index', 'MB of peak memory', self.peaks[mine], 200)

    def part_far(self):
        self.part_full(self.o.far_count, DelayingProxy(self.port, .04).port, ', 40 ms', 'far')

    def small_messages(self, count):
        """A new Inbox of so many messages that are hardly more than their rows, in Dovecot's index already."""
        box = servers.maildir(self.d, 'ana@posthorn.test')
        shutil.rmtree(box, ignore_errors=True)
        for sub in ('cur', 'new', 'tmp'):
            os.makedirs(box + '/' + sub)
        for i in range(count):
            when = corpus.EPOCH + i * 60
            name, address = 'Person %d' % (i % 997), 'p%d@example.org' % (i % 997)
            with open('%s/cur/%d.M%06dP1.bench:2,S' % (box, when, i), 'w') as f:
                f.write('Message-ID: <r%d@example.org>\nDate: %s\nFrom: %s <%s>\nTo: ana@posthorn.test\nSubject: Row %d\n\nText %d\n' % (i, corpus.date(when), name, address, i, i))
        servers.own(self.d)
        self.raw(self.port, b'UID FLAGS INTERNALDATE RFC822.SIZE ENVELOPE BODYSTRUCTURE BODY.PEEK[HEADER]')

    def part_rows(self):
        self.small_messages(self.o.rows_count)
        print('%d messages in one mailbox' % self.o.rows_count, flush=True)
        last = b'%d:*' % max(1, self.o.rows_count - 199)
        items = b'UID FLAGS INTERNALDATE RFC822.SIZE ENVELOPE BODYSTRUCTURE BODY.PEEK[HEADER]'
        for _ in range(self.o.runs):
            self.note('raw wire, 200 envelopes', self.raw(self.port, items, last)[1])
            line = self.passes('posthorn, rows', 'none', 1, fresh=True)[0]
            found = re.search(r'first (\d+) rows ([\d.]+) s', line)
            self.note('posthorn, first rows', float(found.group(2)), more='  %s of them' % found.group(1))
            print('  %-28s %s' % ('', line))
        self.target('rows', 's from the login to the first 200 rows of %d' % self.o.rows_count, statistics.median(self.seconds['posthorn, first rows']), 1)
        self.target('rows', 'MB of peak memory', self.peaks['posthorn, rows'], 200)

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
            trips = max(int(re.search(r'round trips (\d+)', line).group(1)) for line in lines)
            for name, line in zip(('posthorn, nothing, login too', 'posthorn, nothing, next pass'), lines):
                self.note(name, float(re.search(r'([\d.]+) s', line).group(1)), more='  ' + re.search(r'round trips \d+', line).group())
        print('  mbsync / posthorn, both with the login: %.2f' % self.ratio('mbsync, nothing', 'posthorn, nothing, login too'))
        self.target('nothing', 's for %d folders, login included' % self.o.folders, statistics.median(self.seconds['posthorn, nothing, login too']), 1)
        self.target('nothing', 'round trips a folder, login included', trips / self.o.folders, 3)

    def part_flags(self):
        self.small_messages(self.o.flags_mailbox)
        print('%d flags of %d changed elsewhere' % (self.o.flags_count, self.o.flags_mailbox), flush=True)
        self.passes('posthorn', 'none', 1, fresh=True)
        self.mbsync('mbsync, first', self.port, 'INBOX')
        for n in range(self.o.runs):
            other = self.client()
            other.select()
            other.store('1:%d' % self.o.flags_count, '-FLAGS' if n % 2 else '+FLAGS', '(\\Flagged)')
            other.logout()
            self.mbsync('mbsync, flags', self.port, 'INBOX', fresh=False)
            line = self.passes('posthorn, flags', 'none', 1)[0]
            self.note('posthorn, flags', float(re.search(r'([\d.]+) s', line).group(1)), more='  ' + line.split(', in ')[0])
        print('  mbsync / posthorn %.2f' % self.ratio('mbsync, flags', 'posthorn, flags'))
        self.target('flags', 's for %d flags of %d messages, login included' % (self.o.flags_count, self.o.flags_mailbox), statistics.median(self.seconds['posthorn, flags']), 1)
        self.target('flags', 'MB of peak memory', self.peaks['posthorn, flags'], 200)


def main():
    a = argparse.ArgumentParser(description=__doc__.split('\n')[0])
    a.add_argument('--build', default='_build')
    a.add_argument('--runs', type=int, default=3)
    a.add_argument('--count', type=int, default=10000)
    a.add_argument('--far-count', type=int, default=1000)
    a.add_argument('--rows-count', type=int, default=100000)
    a.add_argument('--folders', type=int, default=50)
    a.add_argument('--flags-count', type=int, default=1000)
    a.add_argument('--flags-mailbox', type=int, default=20000)
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
        print('\n'.join(['targets:'] + bench.targets))
    finally:
        servers.stop(d)
        shutil.rmtree(d, ignore_errors=True)


if __name__ == '__main__':
    main()
