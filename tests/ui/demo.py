#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The demo behind tools/demo: servers, two people with mail, a keyring, and Posthorn on the first one's accounts: her own by POP3, and the one at her
work by IMAP. With a display a person plays with it; without one, this script receives, reads, answers, marks and moves, waits for mail that comes
meanwhile, and checks at the server that all of it got there."""
import argparse, email, email.policy, imaplib, json, os, poplib, re, signal, ssl, subprocess, sys, tempfile, shutil, time
HERE = os.path.dirname(os.path.abspath(__file__))
sys.path[:0] = [HERE, os.path.join(HERE, '..', 'servers')]
import demo_mail, servers
from session import Session

ANSWER = 'Thursday is fine. I will be at the station at nine.'


def add_account(cli, profile, facts, person, env, protocol='pop3', title=None):
    """Through the CLI, as a person's script would: the password goes from a pipe into the Secret Service and stands in no argument."""
    who = facts['people'][person]
    port = facts['ports'][{'pop3': 'pop3s', 'imap': 'imaps'}[protocol]]
    added = subprocess.run([cli, '--profile', profile, '--json', 'account', 'add', '--email', who['address'], '--name', 'Ana Ruiz',
                            '--incoming', protocol, '--host', 'localhost', '--port', str(port), '--security', 'tls', '--user', who['address'],
                            '--smtp-host', 'localhost', '--smtp-port', str(facts['smtp_starttls']), '--smtp-security', 'starttls', '--smtp-user', who['address'],
                            '--ca-file', facts['ca'], '--password-file', '-'],
                           env=env, input=who['password'].encode(), check=True, stdout=subprocess.PIPE).stdout
    if title:
        subprocess.run([cli, '--profile', profile, 'account', 'set', str(json.loads(added)['account']), '--title', title], env=env, check=True, stdout=subprocess.DEVNULL)


def mail_at_server(facts, person):
    """What the person's own POP3 client would see."""
    who = facts['people'][person]
    box = poplib.POP3_SSL('localhost', facts['ports']['pop3s'], context=ssl.create_default_context(cafile=facts['ca']))
    box.user(who['address'])
    box.pass_(who['password'])
    found = [email.message_from_bytes(b'\r\n'.join(box.retr(n + 1)[1]), policy=email.policy.default) for n in range(len(box.list()[1]))]
    box.quit()
    return found


class Office:
    """What another client of the IMAP account sees and does"""

    def __init__(self, facts):
        who = facts['people']['office']
        self.facts = facts
        self.box = imaplib.IMAP4_SSL('localhost', facts['ports']['imaps'], ssl_context=ssl.create_default_context(cafile=facts['ca']))
        self.box.login(who['address'], who['password'])

    def make_folders(self, *names):
        for name in names:
            self.box.create(name)

    def flags(self, folder, subject):
        self.box.select(folder, readonly=True)
        numbers = self.box.search(None, 'SUBJECT', '"%s"' % subject)[1][0].split()
        found = [re.search(rb'FLAGS \(([^)]*)\)', self.box.fetch(n, '(FLAGS)')[1][0]).group(1).decode() for n in numbers]
        self.box.close()
        return found

    def deliver(self, subject, text):
        """As mail arrives: handed to Dovecot's own delivery agent."""
        path = self.facts['dir'] + '/new.eml'
        with open(path, 'w', newline='') as f:
            f.write('From: Marta Silva <marta@harbour.example>\r\nTo: office@posthorn.test\r\nSubject: %s\r\nDate: %s\r\nMessage-ID: <%d@harbour.example>\r\n\r\n%s\r\n'
                    % (subject, time.strftime('%a, %d %b %Y %H:%M:%S +0000', time.gmtime()), time.time_ns(), text))
        servers.deliver(self.facts['dir'], 'office@posthorn.test', [path])


def named(ui, root, role, title, name, which=0, seconds=None):
    """A folder, or a message by its subject"""
    return ui.settled(ui.wait_for(name, lambda: [o for o in ui.find_all(ui.find(root, role, title), 'label', name) if ui.text(o) == name][which:], seconds)[0])


def play_imap(ui, root, facts, shots):
    """The account at her work: what is done in the window is found at the server, and what comes in there is in the window."""
    office = Office(facts)
    ui.click_at(named(ui, root, 'list', 'Folders', 'Inbox', 1), 'Posthorn')
    ui.click_at(named(ui, root, 'tree table', 'Messages', 'Budget for the spring', seconds=60), 'Posthorn')
    ui.wait_for('the budget', lambda: [t for t in ui.find_all(root, 'text') if 'line 14 before Thursday' in ui.text(t)])
    ui.screenshot(shots + '/5-imap.png')
    print('received: the IMAP account shows its folders and the mail in them')

    ui.key('ctrl+g')
    # the folders of a second account begin below the edge: to the end of the list, so that the drag does not scroll it
    ui.wheel(named(ui, root, 'list', 'Folders', 'Inbox', 1), 'Posthorn', 20)
    ui.drag(named(ui, root, 'tree table', 'Messages', 'Budget for the spring'), named(ui, root, 'list', 'Folders', 'Spring'), 'Posthorn')
    ui.wait_for('the budget flagged in the other folder at the server', lambda: [f for f in office.flags('Projects/Spring', 'Budget for the spring') if '\\Flagged' in f], 60)
    if office.flags('INBOX', 'Budget for the spring'):
        sys.exit('demo: the message that was moved is still in the Inbox at the server')
    ui.screenshot(shots + '/6-moved.png')
    print('moved and flagged: so the server has it')

    began = time.monotonic()
    office.deliver('The tide is in', 'The ship can leave at six.')
    named(ui, root, 'tree table', 'Messages', 'The tide is in', seconds=30)
    print('arrived: new mail at the server was in the window by itself within %.1f s' % (time.monotonic() - began))
    ui.screenshot(shots + '/7-new.png')
    office.box.logout()


def play(app, profile, facts, env, shots):
    """Receive, read, answer, and look at the other person's mailbox; then the same at work."""
    os.environ.update(env)
    import driver as ui
    shots = os.path.abspath(shots)

    child = subprocess.Popen([app, '--profile', profile], env=dict(env, G_DEBUG='fatal-criticals'))
    try:
        root = ui.application()
        ui.find(root, 'label', 'Flat in Porto', 60)
        ui.screenshot(shots + '/1-received.png')
        print('received: the Inbox shows the mail that the server held')

        ui.click_at(ui.find(root, 'label', 'Quarterly figures'), 'Posthorn')
        ui.wait_for('the message in the reader', lambda: [t for t in ui.find_all(root, 'text') if 'the figures for the third quarter' in ui.text(t)])
        ui.screenshot(shots + '/2-read.png')
        print('read: its text and its attachments are shown')

        first = [o for o in ui.find_all(root, 'label', 'Flat in Porto') if not ui.text(o).startswith('Re:')]
        ui.click_at(first[-1], 'Posthorn')
        ui.wait_for('the first letter about the flat', lambda: [t for t in ui.find_all(root, 'text') if 'three flats near the river' in ui.text(t)])
        ui.act(ui.find(root, 'push button', 'Reply'))
        composer = ui.wait_for('the composer', lambda: [f for f in ui.children(root) if f.get_name().startswith('Re: Flat in Porto')])[0]
        body = ui.find(composer, 'text', 'Message')
        ui.set_text(body, ANSWER + '\n\n' + ui.text(body).lstrip())
        ui.screenshot(shots + '/3-answer.png')
        ui.act(ui.find(composer, 'push button', 'Send'))
        print('answered: the letter is in the Outbox')
        ui.wait_for('the answer in the other mailbox', lambda: [m for m in mail_at_server(facts, 'tom') if ANSWER in m.get_content()], 60)
        sent = [m for m in mail_at_server(facts, 'tom') if ANSWER in m.get_content()]
        if len(sent) != 1 or sent[0]['Subject'] != 'Re: Flat in Porto' or not sent[0]['In-Reply-To']:
            sys.exit('demo: the answer arrived %d times, as %r' % (len(sent), [m['Subject'] for m in sent]))
        print('arrived: the server holds it for Tom, once, as an answer')
        ui.screenshot(shots + '/4-sent.png')
        play_imap(ui, root, facts, shots)
        time.sleep(1)                       # GTK 4.8 cannot be asked about widgets that are just going
        ui.close_window(root)
        child.wait(20)
        if child.returncode:
            sys.exit('demo: Posthorn ended with status %d' % child.returncode)
    except BaseException:
        if child.poll() is None:
            try:
                ui.screenshot(shots + '/failed.png')
                for window in ui.children(ui.application(seconds=1)):
                    ui.dump(window)
            except Exception:
                pass
        raise
    finally:
        if child.poll() is None:
            child.kill()
            child.wait()
    print('Screenshots: %s' % shots)


def main():
    a = argparse.ArgumentParser(prog='tools/demo', description='Posthorn on private mail servers with two people and their mail.')
    a.add_argument('--build', default='_build', help=argparse.SUPPRESS)
    a.add_argument('--screenshots', default='_demo', metavar='DIR', help='where they go when there is no display (default: _demo)')
    o = a.parse_args()
    app, cli = (os.path.abspath(os.path.join(o.build, 'src', p, n)) for p, n in (('app', 'posthorn'), ('cli', 'posthorn-cli')))
    has_display = bool(os.environ.get('DISPLAY') or os.environ.get('WAYLAND_DISPLAY'))

    def leave(signum, frame):
        raise SystemExit(128 + signum)
    for s in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
        signal.signal(s, leave)

    d = tempfile.mkdtemp(prefix='posthorn-', dir='/tmp')
    try:
        facts = servers.start(d, 'dovecot')
        for person in ('ana', 'tom', 'office'):
            demo_mail.fill(servers.maildir(d, person), person)
        servers.own(d)
        Office(facts).make_folders('Projects', 'Projects/Spring', 'Projects/Spring/Drawings', 'Suppliers')
        runtime = os.environ.get('XDG_RUNTIME_DIR')
        with Session(display='inherit' if has_display else 'own') as session:
            env = dict(session.env, GSETTINGS_SCHEMA_DIR=os.path.abspath(os.path.join(o.build, 'data')))
            if has_display and os.environ.get('WAYLAND_DISPLAY') and runtime and not os.path.isabs(os.environ['WAYLAND_DISPLAY']):
                env['WAYLAND_DISPLAY'] = os.path.join(runtime, os.environ['WAYLAND_DISPLAY'])   # the socket stays where the desktop made it
            profile = session.dir + '/profile'
            add_account(cli, profile, facts, 'ana', env, 'pop3', 'Home')
            add_account(cli, profile, facts, 'office', env, 'imap', 'Work')
            if has_display:
                print('Ana Ruiz has mail. Her accounts, one by POP3 and one by IMAP, are ready; the servers and everything else here go when you close the window.')
                print('To see Tom’s side, in another terminal:  openssl s_client -quiet -connect localhost:%d  (tom@posthorn.test, tom-pw)' % facts['ports']['imaps'])
                status = subprocess.run([app, '--profile', profile], env=env).returncode
            else:
                play(app, profile, facts, env, o.screenshots)
                status = 0
    finally:
        servers.stop(d)
        shutil.rmtree(d, ignore_errors=True)
    sys.exit(status)


if __name__ == '__main__':
    main()
