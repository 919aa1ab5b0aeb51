#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Nothing that a mail holds makes the reader fetch anything: over a hundred constructs against servers that count, DNS included, in a network of
our own where that is permitted. Wall and sanitiser are tested each without the other, and both must be seen to matter: the same pages in a bare
web view do load, and pictures load when they are asked for.

  test-remote-load.py POSTHORN PROBE HTML-CLEAN [TEST…]"""
import os, subprocess, sys, tempfile, time
HERE = os.path.dirname(os.path.abspath(__file__))
sys.path[:0] = [HERE, os.path.join(HERE, '..', 'ui')]
import constructs, counters
from session import Session

APP, PROBE, CLEAN = (os.path.abspath(p) for p in sys.argv[1:4])
SKIP = ' # SKIP needs a network namespace'
LIVE = 40                                    # of the constructs, at least so many load where nothing keeps them from it


class Test:
    def __init__(self, folder, session, servers):
        self.folder, self.session, self.servers = folder, session, servers
        self.pages = constructs.pages(servers)
        self.raw = [self._write('raw-%d.html' % i, html) for i, (_, _, html) in enumerate(self.pages)]
        self.mails = [self._write('mail-%d.eml' % i, 'From: e@evil.example\nTo: a@example.org\nSubject: x\nMIME-Version: 1.0\nContent-Type: text/html; charset=utf-8\n\n' + html)
                      for i, (_, _, html) in enumerate(self.pages)]

    def _write(self, name, text):
        path = os.path.join(self.folder, name)
        with open(path, 'w') as f:
            f.write(text)
        return path

    def _run(self, *args):
        done = subprocess.run(args, env=self.session.env, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, timeout=900)
        assert done.returncode == 0, '%s: status %d: %s' % (' '.join(args)[:200], done.returncode, done.stderr[-2000:])
        time.sleep(.5)
        return self.servers.take()

    def _render(self, *options):
        hits, requests = set(), []
        for mail in self.mails:
            png = os.path.join(self.folder, 'out.png')
            h, r = self._run(APP, '--render', mail, '--png', png, *options)
            with open(png, 'rb') as f:
                assert f.read(8) == b'\x89PNG\r\n\x1a\n', 'no picture of %s' % mail
            os.unlink(png)
            hits |= h
            requests += r
        return hits, requests

    # what has to hold, in order

    def the_servers_count(self):
        import urllib.request
        urllib.request.urlopen(self.servers.url('selftest'), timeout=20).read()
        hits, _ = self.servers.take()
        assert 'selftest' in hits, hits

    def a_bare_view_loads_them(self):
        hits, _ = self._run(PROBE, 'any', *self.raw)
        known = {name for names, _, _ in self.pages for name in names}
        print('# %d of %d constructs load in a bare web view; not: %s' % (len(hits & known), len(known), ' '.join(sorted(known - hits))))
        assert len(hits & known) >= LIVE, sorted(hits)

    def the_wall_alone_keeps_all_out(self):
        hits, _ = self._run(PROBE, 'wall', *self.raw)
        assert not hits, sorted(hits)

    def the_editor_fetches_and_runs_nothing_even_of_what_was_not_cleaned(self):
        hits, _ = self._run(PROBE, 'editor', *self.raw[:4])
        assert not hits, sorted(hits)

    def the_sanitiser_alone_keeps_all_out(self):
        cleaned = []
        for i, raw in enumerate(self.raw):
            html = subprocess.run([CLEAN, raw], stdout=subprocess.PIPE, check=True).stdout.decode()
            cleaned.append(self._write('clean-%d.html' % i, html))
        hits, _ = self._run(PROBE, 'bare', *cleaned)
        assert not hits, sorted(hits)

    def the_reader_fetches_nothing(self):
        hits, _ = self._render()
        assert not hits, sorted(hits)

    def the_reader_fetches_the_pictures_asked_for_and_nothing_else(self):
        if not self.servers.has_names:
            return SKIP                             # nothing public is in reach
        hits, requests = self._render('--remote-images')
        wanted = {name for _, pictures, _ in self.pages for name in pictures}
        assert hits == wanted, 'too much: %s; missing: %s' % (sorted(hits - wanted), sorted(wanted - hits))
        told = [r for r in requests if any(l.lower().startswith(('cookie:', 'referer:', 'authorization:', 'accept-language:')) for l in r.split('\r\n'))]
        assert not told, told[0]
        print('# %d pictures in %d requests' % (len(wanted), len(requests)))

    def the_reader_asks_nothing_of_what_only_this_machine_reaches(self):
        if not self.servers.has_names:
            return SKIP
        inside = ['127.0.0.1', 'localhost', '10.9.9.1', '[::ffff:127.0.0.1]', '2130706433', '0x7f.1', 'loopback.inside.test', 'private.inside.test']
        outside = [self.servers.url('redirect%d' % i, 'to/' + host) for i, host in enumerate(inside)] + [self.servers.url('round', 'to/last.track.test')]
        html = ''.join('<img src="%s">' % url for url in ['http://%s/x.gif' % host for host in inside] + outside)
        mail = self._write('inside.eml', 'From: e@evil.example\nTo: a@example.org\nSubject: x\nMIME-Version: 1.0\nContent-Type: text/html\n\n' + html)
        self.servers.inside.clear()
        hits, _ = self._run(APP, '--render', mail, '--png', os.path.join(self.folder, 'out.png'), '--remote-images')
        assert not self.servers.inside, self.servers.inside
        assert hits == {'redirect%d' % i for i in range(len(inside))} | {'round', 'last'}, sorted(hits)

    def without_a_sandbox_nothing_is_drawn(self):
        os.symlink('/bin/false', os.path.join(self.folder, 'bwrap'))
        done = subprocess.run([APP, '--render', self.mails[0], '--png', self.folder + '/none.png'], stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                              env=dict(self.session.env, PATH=self.folder + ':' + os.environ['PATH']), text=True, timeout=120)
        assert done.returncode == 1 and 'sandbox' in done.stderr, 'status %d: %s' % (done.returncode, done.stderr)
        assert not os.path.exists(self.folder + '/none.png')

    def the_web_process_has_no_network(self):
        child = subprocess.Popen([PROBE, 'wall', self.raw[0]], env=self.session.env, stdout=subprocess.PIPE, text=True)
        try:
            assert child.stdout.readline() == 'shown\n'
            ours = os.readlink('/proc/self/ns/net')
            found = [pid for pid in self.session.ours() if self._name(pid) == 'WebKitWebProcess']
            assert found, 'no web process'
            assert all(os.readlink('/proc/%d/ns/net' % pid) != ours for pid in found), 'the web process shares our network'
        finally:
            child.wait(120)

    @staticmethod
    def _name(pid):
        try:
            with open('/proc/%d/cmdline' % pid) as f:
                return os.path.basename(f.read().split('\0')[0])
        except OSError:
            return ''


TESTS = sys.argv[4:] or [
    'the_servers_count', 'a_bare_view_loads_them', 'the_wall_alone_keeps_all_out', 'the_editor_fetches_and_runs_nothing_even_of_what_was_not_cleaned',
    'the_sanitiser_alone_keeps_all_out', 'the_reader_fetches_nothing',
    'the_reader_fetches_the_pictures_asked_for_and_nothing_else', 'the_reader_asks_nothing_of_what_only_this_machine_reaches', 'without_a_sandbox_nothing_is_drawn', 'the_web_process_has_no_network']


def main():
    failed = 0
    with tempfile.TemporaryDirectory(prefix='posthorn-remote-') as folder:
        has_network = counters.own_network(folder)
        print('1..%d' % len(TESTS))
        print('# %s' % ('in a network of our own, names counted' if has_network else 'network namespaces are not permitted here: only requests to loopback are counted, no names'))
        servers = counters.Counters(has_network)
        with Session(keyring='none') as session:
            test = Test(folder, session, servers)
            for i, name in enumerate(TESTS):
                begin = time.time()
                try:
                    print('ok %d %s%s' % (i + 1, name, getattr(test, name)() or ''), flush=True)
                except (AssertionError, subprocess.SubprocessError, OSError) as e:
                    failed += 1
                    print('not ok %d %s\n# %s' % (i + 1, name, str(e).replace('\n', '\n# ')), flush=True)
                print('# %.0f s' % (time.time() - begin), flush=True)
    sys.exit(failed > 0)


main()
