#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Searching and indexing beside notmuch and mu, on the same mail.

  bench-search.py --build BUILD [--messages 100000] [--whole] [--keep DIR]

Each search is a process of its own that prints the first 50 hits, newest first: posthorn-cli search (rows as JSON), notmuch search (ids), mu find
(a line each); the figures of bench-search in the middle are those of one process, which is what the window has. Needs notmuch and mu (Debian:
notmuch, maildir-utils); a peer that is not there is left out.

Attachments are cut to a few KB, because no one indexes what is in them and 2.6 GB of them take the longest by far; --whole leaves them as they are."""
import argparse, os, shutil, statistics, subprocess, sys, tempfile, time

HERE = os.path.dirname(os.path.abspath(__file__))
# what it is; Posthorn's, notmuch's and mu's way to say it (None: it has none)
QUERIES = [
    ('rare word', 'mahahetra', 'mahahetra', 'mahahetra'),
    ('common word', 'the', 'the', 'the'),
    ('operators', 'from:nozu has:attachment the', 'from:nozu and tag:attachment and the', 'from:nozu flag:attach the'),
    ('two common words', 'people water', 'people and water', 'people water'),
    ('phrase', '"of the"', '"of the"', '"of the"'),
    ('prefix', 'mah*', 'mah*', 'mah*'),
    ('from:', 'from:nozu', 'from:nozu', 'from:nozu'),
    ('CJK, 2 characters', '会議', '会議', '会議'),
    ('CJK, 1 character', '会', '会', '会'),
    ('attachment name', 'attachment:pdf', 'attachment:pdf', 'file:pdf'),
]


def run(args, env=None):
    start = time.monotonic()
    out = subprocess.run(args, env=env, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
    return time.monotonic() - start, out.stdout


def median(args, env=None, rounds=7):
    times = [run(args, env)[0] for _ in range(rounds)]
    return statistics.median(times) * 1000


def size(path):
    return sum(os.path.getsize(os.path.join(folder, name)) for folder, _, names in os.walk(path) for name in names) / 1e6


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument('--build', required=True)
    parser.add_argument('--messages', type=int, default=100000)
    parser.add_argument('--whole', action='store_true', help='attachments as large as they are in real mail')
    parser.add_argument('--keep', help='use what an earlier run left in this folder, and leave it')
    args = parser.parse_args()
    d = args.keep or tempfile.mkdtemp(prefix='posthorn-bench-')
    maildir, profile, mu_home, nm_config = d + '/maildir', d + '/profile', d + '/mu', d + '/notmuch.conf'
    bench, cli = args.build + '/tests/bench/bench-search', args.build + '/src/cli/posthorn-cli'
    nm_env = dict(os.environ, NOTMUCH_CONFIG=nm_config)
    try:
        os.makedirs(d, exist_ok=True)
        if not os.path.exists(maildir):
            subprocess.run([sys.executable, HERE + '/corpus.py', str(args.messages), maildir] + ([] if args.whole else ['lean']), check=True)
        subprocess.run([bench, profile] + ([] if os.path.exists(profile) else [maildir]), check=True)
        peers = []
        if shutil.which('notmuch'):
            with open(nm_config, 'w') as f:
                f.write('[database]\npath=%s\n[user]\nname=x\nprimary_email=perf@example.org\n[new]\ntags=inbox\n[search]\nexclude_tags=\n' % maildir)
            print('notmuch: indexed in %.1f s, %.0f MB' % (run(['notmuch', 'new', '--quiet'], nm_env)[0], size(maildir + '/.notmuch')))
            peers.append(('notmuch', lambda q: (['notmuch', 'search', '--limit=50', '--output=messages', q[2]], nm_env)))
        if shutil.which('mu'):
            seconds = 0
            if not os.path.exists(mu_home):
                seconds = run(['mu', 'init', '--muhome=' + mu_home, '--maildir=' + maildir])[0]
            seconds += run(['mu', 'index', '--muhome=' + mu_home, '--quiet'])[0]
            print('mu: indexed in %.1f s, %.0f MB' % (seconds, size(mu_home)))
            peers.append(('mu', lambda q: (['mu', 'find', '--muhome=' + mu_home, '--maxnum=50', '--sortfield=date', '--reverse', q[3]], None)))
        print('%-20s %12s' % ('first 50, process', 'posthorn-cli') + ''.join('%12s' % name for name, _ in peers) + '   ms, median of 7')
        for q in QUERIES:
            ours = median([cli, '--profile', profile, '--json', 'search', q[1], '--limit', '50'])
            print('%-20s %12.1f' % (q[0], ours) + ''.join('%12.1f' % median(*make(q)) for _, make in peers), flush=True)
    finally:
        if not args.keep:
            shutil.rmtree(d)


main()
