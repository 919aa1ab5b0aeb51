#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Writing by keys alone: a crash gives the text back, closing keeps it, discarding and sending can be undone.

  test-writing.py POSTHORN FILL-PROFILE POSTHORN-CLI"""
import json, os, shutil, signal, subprocess, sys, traceback
HERE = os.path.dirname(os.path.abspath(__file__))
sys.path[:0] = [HERE]
from session import Session

APP, FILL, CLI = sys.argv[1:4]
SHOTS = os.environ.get('POSTHORN_SCREENSHOTS')


class Writing:
    def __init__(self, session):
        self.session, self.profile = session, session.dir + '/profile'
        self.log = open(session.dir + '/stderr', 'w+')
        subprocess.run([FILL, self.profile], check=True, env=session.env)

    def _start(self):
        self.child = subprocess.Popen([APP, '--profile', self.profile], env=self.session.env, stderr=self.log)
        self.app = ui.application()

    def _cli(self, *args):
        return json.loads(subprocess.run([CLI, '--profile', self.profile, '--json', *args], env=self.session.env, check=True, stdout=subprocess.PIPE).stdout)

    def _subjects(self, role):
        folders = [f['id'] for f in self._cli('folder', 'list')['folders'] if f['role'] == role]
        return [m['subject'] for f in folders for m in self._cli('message', 'list', str(f))['messages']]

    def _window(self, title):
        return ui.wait_for('window %s' % title, lambda: [w for w in ui.children(self.app) if w.get_name().startswith(title)])[0]

    def _closed(self, title):
        """Asks the X server: GTK 4.8 falls over when it is asked by accessibility for a window that is just going."""
        ui.wait_for('%s closed' % title, lambda: not subprocess.run(['xdotool', 'search', '--onlyvisible', '--name', title], capture_output=True).stdout)
        ui.time.sleep(.3)

    def _toast(self, title, button):
        """The button of a toast: it is there for some seconds only, so the long lists are not walked."""
        def look(o):
            if o.get_role_name() == 'push button' and button in (o.get_name() or ui.text(o)):
                return o
            for child in () if o.get_role_name() in ('tree table', 'list') else ui.children(o):
                found = look(child)
                if found:
                    return found
        ui.wait_for('a toast %r' % title, lambda: [text for text in self._labels() if title in text])
        return ui.wait_for('%r of a toast' % button, lambda: look(self._window('Posthorn')))

    def _labels(self):
        def look(o):
            yield ui.text(o) if o.get_role_name() == 'label' else ''
            for child in () if o.get_role_name() in ('tree table', 'list') else ui.children(o):
                yield from look(child)
        return [text for text in look(self._window('Posthorn'))]

    def _shot(self, name):
        if SHOTS:
            ui.screenshot('%s/writing-%s.png' % (SHOTS, name))

    def _write(self, subject, text):
        ui.key('ctrl+n')
        composer = self._window('New Message')
        ui.set_text(ui.find(composer, 'text', 'Subject'), subject)
        ui.set_text(ui.find(composer, 'text', 'Message Text'), text)
        return self._window(subject)

    def _reads(self, composer, text):
        ui.wait_for('%r in the composer' % text, lambda: [t for t in ui.find_all(composer, 'text', 'Message Text') if text in ui.text(t)])

    # what a person does, in order

    def a_crash_gives_the_text_back(self):
        self._start()
        composer = self._write('Before the crash', 'Not to be lost.')
        ui.find(composer, 'label', 'Saved in Drafts')
        self.child.send_signal(signal.SIGKILL)
        self.child.wait()
        self._start()
        composer = self._window('Before the crash')
        self._reads(composer, 'Not to be lost.')
        self._shot('after-crash')

    def closing_keeps_it_without_a_question(self):
        ui.key('Escape')
        self._closed('Before the crash')
        self.discard = self._toast('Kept in Drafts', 'Discard')
        self._shot('kept')
        assert 'Before the crash' in self._subjects('drafts')

    def discarding_is_undone(self):
        ui.act(self.discard)
        undo = self._toast('Message discarded', 'Undo')
        assert 'Before the crash' not in self._subjects('drafts')
        ui.act(undo)
        self._reads(self._window('Before the crash'), 'Not to be lost.')

    def sending_is_undone(self):
        composer = self._window('Before the crash')
        ui.time.sleep(.5)
        ui.type_text('tom@posthorn.test')         # the first field that is empty has the focus
        ui.key('Tab')
        ui.act(composer, 'composer.send')
        self._closed('Before the crash')
        undo = self._toast('Sending in', 'Undo')
        self._shot('sending')
        assert self._subjects('outbox').count('Before the crash') == 1
        ui.act(undo)
        self._reads(self._window('Before the crash'), 'Not to be lost.')
        assert 'Before the crash' not in self._subjects('outbox')

    def later_waits_in_the_outbox(self):
        ui.act(self._window('Before the crash'), 'composer.send-tomorrow')
        self._closed('Before the crash')
        assert self._subjects('outbox').count('Before the crash') == 1

    def being_told_to_end_keeps_what_is_being_written(self):
        self._write('Before the logout', 'Nor this.')
        self.child.send_signal(signal.SIGTERM)
        assert self.child.wait(30) == 0, 'Posthorn ended with status %d' % self.child.returncode
        assert 'Before the logout' in self._subjects('drafts')
        self._complains_of_nothing()

    def _complains_of_nothing(self):
        """GTK 4.8 itself complains when its accessible objects are asked for one that is just going, as toasts and windows do here."""
        self.log.seek(0)
        found = [line for line in self.log if ('CRITICAL' in line or 'WARNING' in line) and 'g_variant_is_object_path' not in line]
        assert not found, ''.join(found)


def main():
    global ui
    steps = [name for name in vars(Writing) if not name.startswith('_')]
    print('1..%d' % len(steps))
    failed = False
    with Session(wm=shutil.which('openbox')) as session:
        os.environ.update(session.env)
        import driver as ui
        writing = Writing(session)
        for number, step in enumerate(steps, 1):
            words = step.replace('_', '-')
            if failed:
                print('not ok %d /ui/writing/%s # not tried' % (number, words))
                continue
            try:
                getattr(writing, step)()
                print('ok %d /ui/writing/%s' % (number, words), flush=True)
            except Exception:
                failed = True
                print('not ok %d /ui/writing/%s' % (number, words), flush=True)
                traceback.print_exc()
                writing._shot('failed')
        if writing.child.poll() is None:
            writing.child.kill()
            writing.child.wait()
    sys.exit(failed)


if __name__ == '__main__':
    main()
