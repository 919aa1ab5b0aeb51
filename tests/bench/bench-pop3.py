#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""bench-pop3.py [--build DIR] [--count N] [--runs N]: a full mailbox by POP3 over TLS from a local Dovecot, three ways side by side: the raw wire
(every RETR sent at once, bytes thrown away), mpop into a maildir, and Posthorn into its store; then a pass in which nothing is new. Figures are
printed as medians with ratios; nothing here passes or fails."""
import argparse, json, os, shutil, socket, ssl, statistics, subprocess, sys, tempfile, threading, time
HERE = os.path.dirname(os.path.abspath(__file__))
sys.path[:0] = [HERE, os.path.join(HERE, '..', 'servers')]
import corpus, servers


def timed(args, env, log):
    """Seconds and peak memory in MB of one whole process."""
    began = time.perf_counter()
    with open(log, 'ab') as out:
        child = subprocess.Popen(args, env=env, stdin=subprocess.DEVNULL, stdout=out, stderr=out)
        _, status, usage = os.wait4(child.pid, 0)
    if os.waitstatus_to_exitcode(status):
        sys.exit('%s failed:\n%s' % (args[0], open(log, errors='replace').read()[-3000:]))
    return time.perf_counter() - began, usage.ru_maxrss / 1024, usage.ru_utime + usage.ru_stime


def raw_wire(facts, count):
    """What the wire allows: log in, send every RETR, read until the last answer is through."""
    began = time.perf_counter()
    context = ssl.create_default_context(cafile=facts['ca'])
    s = context.wrap_socket(socket.create_connection(('127.0.0.1', facts['ports']['pop3s'])), server_hostname='localhost')
    f = s.makefile('rb')
    f.readline()
    for line in ('USER ana@posthorn.test', 'PASS ana-pw'):
        s.sendall(line.encode() + b'\r\n')
        f.readline()
    commands = b''.join(b'RETR %d\r\n' % (i + 1) for i in range(count)) + b'QUIT\r\n'
    threading.Thread(target=s.sendall, args=(commands,), daemon=True).start()
    total = 0
    while True:
        piece = s.recv(1 << 18)
        if not piece:
            break
        total += len(piece)
    return time.perf_counter() - began, total


def main():
    a = argparse.ArgumentParser()
    a.add_argument('--build', default='_build')
    a.add_argument('--count', type=int, default=10000)
    a.add_argument('--runs', type=int, default=3)
    o = a.parse_args()
    cli = os.path.abspath(os.path.join(o.build, 'src/cli/posthorn-cli'))
    d = tempfile.mkdtemp(prefix='posthorn-', dir='/tmp')
    results = {k: [] for k in ('raw', 'mpop', 'posthorn', 'mpop again', 'posthorn again', 'mpop by SCRAM', 'posthorn by SCRAM')}
    peaks = []
    try:
        facts = servers.start(d, 'dovecot')
        size = corpus.make(o.count, servers.maildir(d, 'ana@posthorn.test'))
        servers.own(d)
        print('%d messages, %.0f MB' % (o.count, size / 1e6), flush=True)
        with open(d + '/password', 'w') as f:
            f.write('ana-pw')
        env = dict(os.environ, POSTHORN_PASSWORD_FILE_1=d + '/password', HOME=d, XDG_DATA_HOME=d + '/x', XDG_CONFIG_HOME=d + '/x', DBUS_SESSION_BUS_ADDRESS='unix:path=/nonexistent')
        raw_wire(facts, o.count)                # the first look builds Dovecot's index
        for n in range(o.runs):
            results['raw'].append(raw_wire(facts, o.count)[0])
            box = d + '/mpop'
            shutil.rmtree(box, ignore_errors=True)
            for sub in ('cur', 'new', 'tmp'):
                os.makedirs(box + '/' + sub)
            with open(d + '/mpoprc', 'w') as f:
                f.write('account default\nhost localhost\nport %d\ntls on\ntls_starttls off\ntls_trust_file %s\nuser ana@posthorn.test\npasswordeval cat %s\nkeep on\ndelivery maildir %s\nuidls_file %s\n'
                        % (facts['ports']['pop3s'], facts['ca'], d + '/password', box, d + '/mpop/uidls'))
            os.chmod(d + '/mpoprc', 0o600)
            mpop = ['mpop', '-q', '-C', d + '/mpoprc']
            profile = d + '/profile'
            shutil.rmtree(profile, ignore_errors=True)
            subprocess.run([cli, '--profile', profile, 'account', 'add', '--email', 'ana@posthorn.test', '--incoming', 'pop3', '--host', 'localhost', '--port', str(facts['ports']['pop3s']),
                            '--smtp-host', 'localhost', '--smtp-port', str(facts['smtp_tls']), '--ca-file', facts['ca'], '--leave-on-server', 'always', '--no-check',
                            '--password-file', d + '/password'], env=env, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
            sync = [cli, '--profile', profile, '--json', 'sync', '1']
            for name, command in (('mpop', mpop), ('posthorn', sync), ('mpop again', mpop), ('posthorn again', sync)):
                seconds, peak, cpu = timed(command, env, d + '/log')
                results[name].append(seconds)
                if name == 'posthorn':
                    peaks.append(peak)
                print('run %d %-15s %7.2f s  cpu %6.2f s  peak %4.0f MB' % (n + 1, name, seconds, cpu, peak), flush=True)
            # Posthorn takes the strongest mechanism, mpop the shortest under TLS: the same pass with the same login for both
            with open(d + '/mpoprc', 'a') as f:
                f.write('auth scram-sha-256\n')
            for _ in range(3):
                for name, command in (('mpop by SCRAM', mpop), ('posthorn by SCRAM', sync)):
                    results[name].append(timed(command, env, d + '/log')[0])
            got = len(os.listdir(box + '/new'))
            kept = json.loads(subprocess.run([cli, '--profile', profile, '--json', 'folder', 'list', '1'], env=env, check=True, capture_output=True).stdout)
            mine = sum(f['total'] for f in kept['folders'])
            if got != o.count or mine != o.count:
                sys.exit('mpop has %d messages, Posthorn %d, of %d' % (got, mine, o.count))
    finally:
        servers.stop(d)
        shutil.rmtree(d, ignore_errors=True)

    def ratio(x, y):
        return statistics.median(p / q for p, q in zip(results[x], results[y]))
    for name, values in results.items():
        print('%-15s median %.2f s (%.2f to %.2f)' % (name, statistics.median(values), min(values), max(values)))
    targets = [('times as fast as mpop, all of it', ratio('mpop', 'posthorn'), '>=', 2), ('times the seconds of mpop, nothing new', ratio('posthorn again', 'mpop again'), '<=', 1),
               ('times the seconds of mpop, nothing new, same login', ratio('posthorn by SCRAM', 'mpop by SCRAM'), '<=', 1), ('MB of peak memory', max(peaks), '<=', 150)]
    print('mpop / posthorn %.2f   posthorn / raw wire %.2f   mpop / raw wire %.2f   nothing new: posthorn / mpop %.2f, both by SCRAM-SHA-256 %.2f   peak memory %.0f MB'
          % (ratio('mpop', 'posthorn'), ratio('posthorn', 'raw'), ratio('mpop', 'raw'), ratio('posthorn again', 'mpop again'), ratio('posthorn by SCRAM', 'mpop by SCRAM'), max(peaks)))
    print('targets:')
    for words, value, sign, limit in targets:
        print('%-60s %8.2f  wanted %s %6.2f  %s' % (words, value, sign, limit, 'met' if (value >= limit if sign == '>=' else value <= limit) else 'MISSED'))


if __name__ == '__main__':
    main()
