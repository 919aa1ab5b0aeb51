#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Writing with formatting, by keys: bold and a link; a crash gives it back; plain text and back; what arrives at the other
person's server; and an answer to a hostile page. GTK 4.8 tells nothing of what stands in the web view, so what was written is looked at where it
is kept and where it arrives.

  test-rich.py POSTHORN POSTHORN-CLI"""
import json, os, shutil, signal, subprocess, sys, tempfile
HERE = os.path.dirname(os.path.abspath(__file__))
sys.path[:0] = [HERE, os.path.join(HERE, '..', 'servers')]
import servers, steps
from demo import mail_at_server
from session import Session

APP, CLI = sys.argv[1:3]
TOGGLE = 'push button'               # as GTK 4.8 calls it
SHOTS = os.environ.get('POSTHORN_SCREENSHOTS')

LETTER = '''From: Tom Berg <tom@posthorn.test>
To: ana@posthorn.test
Subject: With a page
Date: Sun, 22 Nov 2026 10:42:00 +0100
Message-ID: <page@posthorn.test>
MIME-Version: 1.0
Content-Type: multipart/related; boundary=r

--r
Content-Type: text/html; charset=utf-8

<style>p { color: green }</style><p style="color: red">Hello <i>Ana</i></p><img src="http://127.0.0.1:9/track.gif" alt="Tracked">
<script>document.body.innerHTML = 'pwned'</script><form><input autofocus></form><img src="cid:dot@x">
--r
Content-Type: image/png
Content-ID: <dot@x>
Content-Transfer-Encoding: base64

iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAQAAAC1HAwCAAAAC0lEQVR42mNk+A8AAQUBAScY42YAAAAASUVORK5CYII=
--r--
'''


class Rich:
    def __init__(self, facts, session):
        self._facts, self._session, self._profile = facts, session, session.dir + '/profile'
        self._log, self.child = open(session.dir + '/stderr', 'w+'), None

    def _file(self, name, text):
        path = os.path.join(self._session.dir, name)
        with open(path, 'w') as f:
            f.write(text)
        return path

    def _cli(self, *args, raw=False):
        done = subprocess.run([CLI, '--profile', self._profile, *([] if raw else ['--json']), *map(str, args)], env=self._session.env,
                              stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, timeout=60)
        assert done.returncode == 0, (args, done.stdout, done.stderr)
        return done.stdout if raw else json.loads(done.stdout)

    def _start(self):
        self.child = subprocess.Popen([APP, '--profile', self._profile], env=dict(self._session.env, G_DEBUG='fatal-criticals'), stderr=self._log)
        self.app = ui.application()

    def _window(self, title):
        return ui.wait_for('window %s' % title, lambda: [w for w in ui.children(self.app) if w.get_name().startswith(title)])[0]

    def _no_window(self, title):
        """Asks the X server: GTK 4.8 falls over when it is asked by accessibility for a window that is just going."""
        ui.wait_for('%s closed' % title, lambda: not subprocess.run(['xdotool', 'search', '--onlyvisible', '--name', title], capture_output=True).stdout)
        ui.time.sleep(.3)

    def _shot(self, name):
        if SHOTS:
            ui.screenshot('%s/rich-%s.png' % (SHOTS, name))

    def _ready(self, composer):
        """The row of buttons can be pressed once the page can be written in."""
        ui.wait_for('an editor that is ready', lambda: [b for b in ui.find_all(composer, TOGGLE, 'Bold') if ui.has(b, 'SENSITIVE')])

    def _draft(self, subject):
        """Its HTML as it is kept; None while there is none."""
        drafts = [f['id'] for f in self._cli('folder', 'list')['folders'] if f['role'] == 'drafts']
        found = [m['id'] for f in drafts for m in self._cli('message', 'list', f)['messages'] if m['subject'] == subject]
        shown = subprocess.run([CLI, '--profile', self._profile, 'message', 'show', str(found[0]), '--html'], env=self._session.env, capture_output=True, text=True) if found else None
        return shown.stdout if shown and shown.returncode == 0 else None

    def _keeps(self, subject, *pieces):
        ui.wait_for('%r in the draft' % (pieces,), lambda: all(piece in (self._draft(subject) or '') for piece in pieces))

    # what a person does, in order

    def formatting_is_a_button_away(self):
        self._cli('account', 'add', '--email', 'ana@posthorn.test', '--incoming', 'pop3', '--host', 'localhost', '--port', self._facts['ports']['pop3s'],
                  '--smtp-host', 'localhost', '--smtp-port', self._facts['smtp_tls'], '--ca-file', self._facts['ca'], '--password-file', self._file('pw', 'ana-pw\n'))
        self._cli('account', 'set', 1, '--check-minutes', 0)
        servers.deliver(self._facts['dir'], 'ana@posthorn.test', [self._file('letter.eml', LETTER)])
        assert self._cli('sync')['accounts'][0]['new'] == 1
        self._start()
        self._window('Posthorn')
        ui.key('ctrl+n')
        composer = self._window('New Message')
        ui.set_text(ui.find(composer, 'text', 'Subject'), 'Rich words')
        composer = self._window('Rich words')
        assert not ui.find_all(composer, TOGGLE, 'Bold') or not ui.has(ui.find_all(composer, TOGGLE, 'Bold')[0], 'SHOWING')
        ui.act(ui.find(composer, TOGGLE, 'Write with Formatting'))
        self._ready(composer)

    def bold_and_a_link_are_written_by_keys(self):
        ui.key('ctrl+b')
        ui.type_text('Important')
        ui.key('ctrl+b')
        ui.key('Return')
        ui.type_text('see ')
        ui.key('ctrl+k')
        ui.wait_for('the place for the address', lambda: [e for e in ui.find_all(self._window('Rich words'), None, 'Address of the Link')])
        ui.time.sleep(.3)
        ui.type_text('example.org/x')
        ui.key('Return')
        self._keeps('Rich words', '<b>Important</b>', '<a href="https://example.org/x">https://example.org/x</a>')
        self._shot('written')

    def a_crash_gives_it_back(self):
        ui.find(self._window('Rich words'), 'label', 'Saved in Drafts')
        self.child.send_signal(signal.SIGKILL)
        self.child.wait()
        self._start()
        composer = self._window('Rich words')
        self._ready(composer)
        self._shot('after-crash')
        ui.set_text(ui.find(composer, 'text', 'Subject'), 'Rich words again')
        self._keeps('Rich words again', '<b>Important</b>', '<a href="https://example.org/x">')

    def _arrives(self, subject):
        mail = ui.wait_for('the letter at the server', lambda: [m for m in mail_at_server(self._facts, 'tom') if m['Subject'] == subject], 60)[0]
        assert mail.get_content_type() == 'multipart/alternative', mail.get_content_type()
        plain, page = mail.iter_parts()
        assert plain.get_content_type() == 'text/plain' and plain['Content-Type'].params['format'] == 'flowed'
        return plain.get_content().replace('\r', ''), page

    def what_is_sent_arrives_as_text_and_html(self):
        composer = self._window('Rich words')
        ui.time.sleep(.5)
        ui.type_text('tom@posthorn.test')         # the first field that is empty has the focus
        ui.key('Tab')
        ui.act(composer, 'composer.send')
        self._no_window('Rich words')
        text, page = self._arrives('Rich words again')
        assert text.startswith('Important\nsee https://example.org/x'), text
        assert page.get_content_type() == 'text/html'
        assert '<div><b>Important</b></div>' in page.get_content(), page.get_content()
        for never in ('webkit', 'Apple-', 'file:', '<script', 'class=', 'style='):
            assert never not in page.get_content(), page.get_content()

    def an_answer_to_a_page_is_written_with_formatting_and_quotes_it_clean(self):
        row = ui.wait_for('the letter', lambda: [o for o in ui.find_all(ui.find(self.app, 'tree table', 'Messages'), 'label', 'With a page')])[0]
        ui.click_at(ui.settled(row), 'Posthorn')
        ui.key('ctrl+r')
        composer = self._window('Re: With a page')
        self._ready(composer)
        ui.time.sleep(.5)
        ui.type_text('Thanks')
        self._keeps('Re: With a page', 'Thanks', '<blockquote type="cite">', 'Hello <i>Ana</i>', 'Tracked', 'src="cid:dot@x"')
        kept = self._draft('Re: With a page')
        for never in ('127.0.0.1', 'pwned', '<script', '<form', '<input', '<style'):
            assert never not in kept, kept
        self._shot('answer')

    def plain_text_says_what_would_go_and_undoes_it(self):
        composer = self._window('Re: With a page')
        ui.act(ui.find(composer, TOGGLE, 'Write with Formatting'))
        ui.find(composer, 'label', 'Plain text has no fonts and colours. 1 picture in the text would go.')
        ui.act(ui.find(composer, 'push button', 'Remove Formatting'))
        ui.wait_for('the text', lambda: [t for t in ui.find_all(composer, 'text', 'Message Text') if '> Hello Ana' in ui.text(t)])
        self._shot('plain')
        ui.act(ui.find(composer, 'push button', 'Undo'))
        self._ready(composer)
        self._keeps('Re: With a page', 'Thanks', 'Hello <i>Ana</i>', 'src="cid:dot@x"')

    def the_answer_arrives_with_the_picture_of_the_quote(self):
        ui.act(self._window('Re: With a page'), 'composer.send')
        self._no_window('Re: With a page')
        text, related = self._arrives('Re: With a page')
        assert text.startswith('Thanks\n\nOn ') and '\n> Hello Ana\n' in text, text
        assert related.get_content_type() == 'multipart/related'
        page, picture = related.iter_parts()
        assert 'Hello <i>Ana</i>' in page.get_content() and 'src="cid:dot@x"' in page.get_content(), page.get_content()
        assert picture['Content-ID'] == '<dot@x>' and picture.get_content().startswith(b'\x89PNG')

    def nothing_was_complained_of(self):
        self.child.send_signal(signal.SIGTERM)
        assert self.child.wait(30) == 0, 'Posthorn ended with status %d' % self.child.returncode
        self._log.seek(0)
        found = [line for line in self._log if ('CRITICAL' in line or 'WARNING' in line) and 'g_variant_is_object_path' not in line]
        assert not found, ''.join(found)


def main():
    global ui
    d = tempfile.mkdtemp(prefix='posthorn-', dir='/tmp')
    try:
        facts = servers.start(d, 'dovecot')
        servers.own(d)
        with Session(wm=shutil.which('openbox')) as session:
            os.environ.update(session.env)
            import driver
            ui = driver
            rich = Rich(facts, session)
            failed = steps.run(rich, '/ui/rich/', on_failure=lambda: rich._shot('failed'))
    finally:
        servers.stop(d)
        shutil.rmtree(d, ignore_errors=True)
    sys.exit(failed)


if __name__ == '__main__':
    main()
