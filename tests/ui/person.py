# SPDX-License-Identifier: GPL-3.0-or-later
"""What tests of the window share: a person with Posthorn open, whose steps are run one after the other; the first that fails ends it, with a
picture where POSTHORN_SCREENSHOTS names a folder, and the whole accessible tree in words."""
import os, shutil, subprocess, sys, tempfile, time, traceback
sys.path[:0] = [os.path.join(os.path.dirname(os.path.abspath(__file__)), '..', 'servers')]
import demo_mail, servers
from session import Session

SHOTS = os.environ.get('POSTHORN_SCREENSHOTS')
ui = None


class Person:
    """Methods without a leading underscore are the steps, in the order in which they are written."""
    name = 'person'
    child = None

    def __init__(self, facts, session, app):
        self.facts, self.session, self.app_path, self.profile = facts, session, app, session.dir + '/profile'

    def _start(self, *args, **env):
        self.child = subprocess.Popen([self.app_path, '--profile', self.profile, *args], env=dict(self.session.env, G_DEBUG='fatal-criticals', **env))
        self.app = ui.application()

    def _stop(self):
        ui.close_window(self.app)
        assert self.child.wait(30) == 0, 'Posthorn ended with status %d' % self.child.returncode

    def _window(self, title):
        return ui.wait_for('window %s' % title, lambda: [w for w in ui.children(self.app) if w.get_name().startswith(title)])[0]

    def _no_window(self, title):
        ui.wait_for('window %s gone' % title, lambda: not [w for w in ui.children(self.app) if w.get_name().startswith(title)])
        time.sleep(1)                       # GTK 4.8 cannot be asked about widgets that are just going

    def _answer(self, window, button):
        """A dialog's button, and the dialog gone. GTK 4.8 cannot be asked about widgets that are just coming or going."""
        time.sleep(1)
        ui.act(ui.find(window, 'push button', button))
        time.sleep(1.2)

    def _shot(self, name):
        if SHOTS:
            ui.screenshot('%s/%s-%s.png' % (SHOTS, self.name, name))

    def _rows(self, subject):
        return [o for o in ui.find_all(ui.find(self.app, 'tree table', 'Messages'), 'label', subject) if ui.text(o) == subject]

    def _row(self, subject, seconds=None):
        return ui.settled(ui.wait_for('message %r' % subject, lambda: self._rows(subject), seconds)[0])

    def _no_row(self, subject, seconds=None):
        ui.wait_for('message %r gone' % subject, lambda: not self._rows(subject), seconds)

    def _folders(self, name):
        return [o for o in ui.find_all(ui.find(self.app, 'list', 'Folders'), 'label', name) if ui.text(o) == name]

    def _folder(self, name, which=0):
        return ui.settled(ui.wait_for('folder %r' % name, lambda: self._folders(name)[which:])[0])

    def _no_folder(self, name):
        ui.wait_for('folder %r gone' % name, lambda: not self._folders(name))

    def _open(self, name, which=0):
        ui.click_at(self._folder(name, which), 'Posthorn')

    def _reads(self, words):
        ui.wait_for('%r in the reader' % words, lambda: [t for t in ui.find_all(self.app, 'text', 'Message text') if words in ui.text(t)])

    def _menu(self, folder, item, which=0):
        """The folder's own menu, by the right button. A row that just moves to its new place among the others may be missed once."""
        for attempt in range(3):
            ui.click_at(self._folder(folder, which), 'Posthorn', 'b3c')
            try:
                found = ui.find(self.app, 'menu item', item, 8)
                break
            except ui.NotFound:
                ui.key('Escape')
                time.sleep(1)
        else:
            raise ui.NotFound('no menu with %r at the folder %r' % (item, folder))
        ui.act(found)
        time.sleep(.6)


def play(kind, app, fill=('ana',), size='1280x1024x24', imap='full'):
    """Runs the steps on servers of their own, prints TAP, and exits."""
    global ui
    steps = [name for name in vars(kind) if not name.startswith('_') and callable(vars(kind)[name])]
    d = tempfile.mkdtemp(prefix='posthorn-', dir='/tmp')
    print('1..%d' % len(steps))
    failed = False
    try:
        facts = servers.start(d, 'dovecot', imap)
        for person in fill:
            demo_mail.fill(servers.maildir(d, person), person)
        servers.own(d)
        with Session(size=size) as session:
            os.environ.update(session.env)
            import driver
            ui = driver
            person = kind(facts, session, app)
            for number, name in enumerate(steps, 1):
                words = name.replace('_', '-')
                if failed:
                    print('not ok %d /ui/%s/%s # not tried' % (number, kind.name, words))
                    continue
                try:
                    getattr(person, name)()
                    print('ok %d /ui/%s/%s' % (number, kind.name, words), flush=True)
                except BaseException:
                    failed = True
                    print('not ok %d /ui/%s/%s' % (number, kind.name, words), flush=True)
                    traceback.print_exc()
                    person._shot('failed')
                    for window in ui.children(ui.application(seconds=2)):
                        ui.dump(window)
            if person.child and person.child.poll() is None:
                person.child.kill()
                person.child.wait()
    finally:
        servers.stop(d)
        shutil.rmtree(d, ignore_errors=True)
    sys.exit(failed)
