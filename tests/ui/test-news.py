#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""New mail on the desktop: what a stand-in for its notification service gets on the session bus, what its buttons do, and the program started by one."""
import json, os, subprocess, sys, threading, time
sys.path[:0] = [os.path.dirname(os.path.abspath(__file__))]
from gi.repository import Gio, GLib
import person, servers

APP, CLI = sys.argv[1:3]
NAME = 'org.posthorn.Posthorn'
MESSAGE = 'From: %s\r\nTo: ana@posthorn.test\r\nSubject: %s\r\nDate: Sun, 22 Nov 2026 10:42:00 +0100\r\nMessage-ID: <%s@posthorn.test>\r\n\r\nThis is %s.\r\n'
SERVICE = '''<node><interface name="org.freedesktop.Notifications">
<method name="Notify"><arg type="s" direction="in"/><arg type="u" direction="in"/><arg type="s" direction="in"/><arg type="s" direction="in"/><arg type="s" direction="in"/>
<arg type="as" direction="in"/><arg type="a{sv}" direction="in"/><arg type="i" direction="in"/><arg type="u" direction="out"/></method>
<method name="CloseNotification"><arg type="u" direction="in"/></method>
<signal name="ActionInvoked"><arg type="u"/><arg type="s"/></signal></interface></node>'''


class Desktop(threading.Thread):
    """What GNOME Shell is to a program that has something to say."""
    def __init__(self, address):
        super().__init__(daemon=True)
        self.address, self.told, self.closed, self.is_ready = address, [], [], threading.Event()

    def run(self):
        context = GLib.MainContext.new()
        context.push_thread_default()
        self.loop = GLib.MainLoop.new(context, False)
        flags = Gio.DBusConnectionFlags
        self.bus = Gio.DBusConnection.new_for_address_sync(self.address, flags.AUTHENTICATION_CLIENT | flags.MESSAGE_BUS_CONNECTION, None, None)
        self.bus.register_object('/org/freedesktop/Notifications', Gio.DBusNodeInfo.new_for_xml(SERVICE).interfaces[0], self.on_call, None, None)
        self.bus.call_sync('org.freedesktop.DBus', '/org/freedesktop/DBus', 'org.freedesktop.DBus', 'RequestName', GLib.Variant('(su)', ('org.freedesktop.Notifications', 0)), None, 0, -1)
        self.is_ready.set()
        self.loop.run()

    def on_call(self, bus, sender, path, interface, method, parameters, invocation):
        values = parameters.unpack()
        if method == 'Notify':
            self.told.append({'id': len(self.told) + 1, 'title': values[3], 'body': values[4], 'actions': values[5]})
            invocation.return_value(GLib.Variant('(u)', (len(self.told),)))
        else:
            self.closed.append(values[0])
            invocation.return_value(None)

    def press(self, told, word):
        key = [a for a in told['actions'][::2] if word in a][0]
        self.bus.emit_signal(None, '/org/freedesktop/Notifications', 'org.freedesktop.Notifications', 'ActionInvoked', GLib.Variant('(us)', (told['id'], key)))


class News(person.Person):
    name = 'news'

    def _cli(self, *args):
        done = subprocess.run([CLI, '--json', *map(str, args)], env=self.session.env, stdout=subprocess.PIPE, stderr=subprocess.PIPE, timeout=60)
        assert done.returncode == 0, (args, done.stdout, done.stderr)
        return json.loads(done.stdout)

    def _write(self, name, text):
        path = os.path.join(self.session.dir, name)
        with open(path, 'w', newline='') as f:
            f.write(text)
        return path

    def _deliver(self, subject, sender='Tom Berg <tom@posthorn.test>'):
        path = self._write('delivered.eml', MESSAGE % (sender, subject, subject.replace(' ', ''), subject))
        servers.deliver(self.facts['dir'], 'ana@posthorn.test', [path])

    def _kept(self, subject):
        inbox = [f for f in self._cli('folder', 'list')['folders'] if f['account'] == 1 and f['role'] == 'inbox'][0]
        return [m for m in self._cli('message', 'list', inbox['id'])['messages'] if m['subject'] == subject]

    def _told(self, n):
        person.ui.wait_for('notification %d' % n, lambda: len(self.desktop.told) >= n)
        assert len(self.desktop.told) == n, self.desktop.told
        return self.desktop.told[-1]

    # the steps

    def a_first_pass_is_quiet(self):
        self.desktop = Desktop(self.session.env['DBUS_SESSION_BUS_ADDRESS'])
        self.desktop.start()
        assert self.desktop.is_ready.wait(10)
        self._deliver('Old letter')
        time.sleep(1.1)                     # the server counts in seconds
        self._cli('account', 'add', '--email', 'ana@posthorn.test', '--incoming', 'pop3', '--host', 'localhost', '--port', self.facts['ports']['pop3s'], '--smtp-host', 'localhost',
                  '--smtp-port', self.facts['smtp_tls'], '--ca-file', self.facts['ca'], '--leave-on-server', 'always', '--password-file', self._write('pw', 'ana-pw\n'))
        self._cli('account', 'set', 1, '--check-minutes', 0)
        self.child = subprocess.Popen([APP], env=dict(self.session.env, G_DEBUG='fatal-criticals', GNOTIFICATION_BACKEND='freedesktop'))
        self.app = person.ui.application()
        self._open('Sent')                  # who looks at the Inbox is told nothing
        assert self._cli('sync')['accounts'][0]['new'] == 1
        time.sleep(4)
        assert self.desktop.told == [], self.desktop.told

    def what_comes_is_told_and_marked_from_there(self):
        self._deliver('Quarterly figures', 'Ana Ruiz <ruiz@posthorn.test>')
        self._cli('sync')
        told = self._told(1)
        assert (told['title'], told['body']) == ('Ana Ruiz', 'Quarterly figures'), told
        assert told['actions'][1::2] == ['', 'Mark as Read', 'Delete'], told
        self.desktop.press(told, 'mark-read')
        person.ui.wait_for('it read', lambda: self._kept('Quarterly figures')[0]['seen'])

    def what_is_read_elsewhere_is_withdrawn(self):
        self._deliver('Flat in Porto')
        self._cli('sync')
        told = self._told(2)
        self._cli('message', 'mark', self._kept('Flat in Porto')[0]['id'], '--seen')
        person.ui.wait_for('it withdrawn', lambda: told['id'] in self.desktop.closed)

    def deleted_from_there_it_leaves_the_inbox(self):
        self._deliver('Win a prize')
        self._cli('sync')
        self.desktop.press(self._told(3), 'delete-message')
        person.ui.wait_for('it gone', lambda: not self._kept('Win a prize'))

    def many_are_told_as_one(self):
        for i in range(5):
            self._deliver('Letter %d' % i)
        self._cli('sync')
        told = self._told(4)
        assert (told['title'], told['body']) == ('5 new messages in ana@posthorn.test', 'Tom Berg'), told

    def who_looks_at_the_inbox_is_told_nothing(self):
        self._open('Inbox')
        person.ui.wait_for('the five withdrawn', lambda: self.desktop.told[-1]['id'] in self.desktop.closed)
        self._deliver('Before my eyes')
        self._cli('sync')
        self._row('Before my eyes')
        time.sleep(3)
        assert len(self.desktop.told) == 4, self.desktop.told

    def one_starts_the_program_that_was_closed(self):
        """As the desktop does with one that is pressed later."""
        person.ui.close_window(self.app)
        assert self.child.wait(30) == 0, 'Posthorn ended with status %d' % self.child.returncode
        folder = os.path.join(self.session.env['XDG_DATA_HOME'], 'dbus-1/services')
        os.makedirs(folder)
        with open('%s/%s.service' % (folder, NAME), 'w') as f:
            f.write('[D-BUS Service]\nName=%s\nExec=%s --gapplication-service\n' % (NAME, APP))
        bus = self.desktop.bus
        call = lambda *args: bus.call_sync(*args, None, 0, -1)
        call('org.freedesktop.DBus', '/org/freedesktop/DBus', 'org.freedesktop.DBus', 'ReloadConfig', None)
        environment = {k: v for k, v in self.session.env.items() if v.isprintable()}
        call('org.freedesktop.DBus', '/org/freedesktop/DBus', 'org.freedesktop.DBus', 'UpdateActivationEnvironment', GLib.Variant('(a{ss})', (environment,)))
        target = GLib.Variant('x', self._kept('Letter 3')[0]['id'])
        call(NAME, '/' + NAME.replace('.', '/'), 'org.freedesktop.Application', 'ActivateAction', GLib.Variant('(sava{sv})', ('open-message', [target], {})))
        self.app = person.ui.application()
        self._reads('This is Letter 3.')

    def the_window_closes(self):
        person.ui.close_window(self.app)
        person.ui.wait_for('the program gone', lambda: NAME not in self.desktop.bus.call_sync('org.freedesktop.DBus', '/org/freedesktop/DBus', 'org.freedesktop.DBus', 'ListNames', None, None, 0, -1).unpack()[0])


person.play(News, APP, fill=())
