#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""A desktop session of our own: display (Xvfb where there is none), session bus, accessibility, an unlocked Secret Service, private
XDG folders. At the end no process and no file of it is left.

  session.py [--display own|inherit] [--wm openbox] [--keyring unlocked|locked|none] -- COMMAND…
"""
import argparse, os, shutil, signal, subprocess, sys, tempfile, time, uuid

NO_SERVICE = '''<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN" "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig><type>session</type><listen>unix:tmpdir=/tmp</listen>%s
<policy context="default"><allow send_destination="*" eavesdrop="true"/><allow eavesdrop="true"/><allow own="*"/></policy></busconfig>
'''


class Session:
    def __init__(self, display='own', wm=None, keyring='unlocked', size='1280x1024x24'):
        self.display, self.wm, self.keyring, self.size = display, wm, keyring, size
        self.children = []
        self.mark = uuid.uuid4().hex

    def __enter__(self):
        self.dir = tempfile.mkdtemp(prefix='posthorn-ui-', dir='/tmp')
        self.env = dict(os.environ, POSTHORN_SESSION=self.mark, HOME=self.dir + '/home', LC_ALL=os.environ.get('POSTHORN_LOCALE', 'C.UTF-8'), GSETTINGS_BACKEND='memory',
                        GTK_USE_PORTAL='0', ADW_DISABLE_PORTAL='1', NO_AT_BRIDGE='0', TZ=os.environ.get('TZ', 'UTC'))
        for name, folder in (('RUNTIME_DIR', 'run'), ('CONFIG_HOME', 'home/config'), ('DATA_HOME', 'home/data'), ('CACHE_HOME', 'home/cache'), ('STATE_HOME', 'home/state')):
            path = os.path.join(self.dir, folder)
            os.makedirs(path, mode=0o700, exist_ok=True)
            self.env['XDG_' + name] = path
        for name in ('DBUS_SESSION_BUS_ADDRESS', 'AT_SPI_BUS_ADDRESS', 'GTK_A11Y', 'GTK_THEME', 'DESKTOP_STARTUP_ID'):
            self.env.pop(name, None)
        try:
            if self.display == 'own':
                self.start_display()
            self.start_bus()
            if self.keyring != 'none':
                self.start_keyring()
            if self.wm:
                self.spawn([self.wm])
                time.sleep(.5)
        except BaseException:
            self.__exit__()
            raise
        return self

    def spawn(self, args, **kw):
        kw.setdefault('stdout', subprocess.DEVNULL)
        kw.setdefault('stderr', subprocess.DEVNULL)
        child = subprocess.Popen(args, env=self.env, start_new_session=True, **kw)
        self.children.append(child)
        return child

    def start_display(self):
        r, w = os.pipe()
        # a server without -noreset resets itself when its last client leaves, and the next one may not get in
        self.spawn(['Xvfb', '-displayfd', str(w), '-screen', '0', self.size, '-noreset', '-nolisten', 'tcp'], pass_fds=(w,))
        os.close(w)
        number = b''
        while not number.endswith(b'\n'):
            piece = os.read(r, 16)
            if not piece:
                sys.exit('session.py: Xvfb did not start')
            number += piece
        os.close(r)
        for name in ('WAYLAND_DISPLAY', 'XAUTHORITY'):
            self.env.pop(name, None)
        self.env.update(DISPLAY=':' + number.decode().strip(), GDK_BACKEND='x11', GSK_RENDERER='cairo', LIBGL_ALWAYS_SOFTWARE='1')

    def start_bus(self):
        config = ['--session']
        if self.keyring == 'none':
            path = self.dir + '/bus.conf'
            with open(path, 'w') as f:
                # only accessibility may be started on demand: gnome-keyring would answer otherwise
                folder = self.dir + '/services'
                os.makedirs(folder)
                for name in ('org.a11y.Bus.service',):
                    if os.path.exists('/usr/share/dbus-1/services/' + name):
                        shutil.copy('/usr/share/dbus-1/services/' + name, folder)
                f.write(NO_SERVICE % ('<servicedir>%s</servicedir>' % folder))
            config = ['--config-file=' + path]
        bus = self.spawn(['dbus-daemon', '--nofork', '--print-address=1', *config], stdout=subprocess.PIPE, text=True)
        address = bus.stdout.readline().strip()
        if not address:
            sys.exit('session.py: dbus-daemon did not start')
        self.env['DBUS_SESSION_BUS_ADDRESS'] = address

    def start_keyring(self):
        args = ['gnome-keyring-daemon', '--foreground', '--components=secrets', '--unlock']
        keyring = self.spawn(args, stdin=subprocess.PIPE)
        keyring.stdin.write(b'session')
        keyring.stdin.close()
        end = time.time() + 10
        # asking the service itself too early would make the bus start a second, locked one in its place
        while 'true' not in subprocess.run(['gdbus', 'call', '--session', '--dest', 'org.freedesktop.DBus', '--object-path', '/org/freedesktop/DBus', '--method',
                                            'org.freedesktop.DBus.NameHasOwner', 'org.freedesktop.secrets'], env=self.env, stdout=subprocess.PIPE, text=True).stdout:
            if time.time() > end:
                sys.exit('session.py: the Secret Service did not start')
            time.sleep(.02)
        while subprocess.run(['gdbus', 'call', '--session', '--dest', 'org.freedesktop.secrets', '--object-path', '/org/freedesktop/secrets/aliases/default', '--method', 'org.freedesktop.DBus.Properties.Get',
                              'org.freedesktop.Secret.Collection', 'Locked'], env=self.env, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL).returncode:
            if time.time() > end:
                sys.exit('session.py: the Secret Service did not answer')
            time.sleep(.05)
        if self.keyring == 'locked':
            subprocess.run(['gdbus', 'call', '--session', '--dest', 'org.freedesktop.secrets', '--object-path', '/org/freedesktop/secrets', '--method', 'org.freedesktop.Secret.Service.Lock',
                            "['/org/freedesktop/secrets/collection/login']"], env=self.env, stdout=subprocess.DEVNULL, check=True)

    def ours(self):
        """Every process that was started in this session, by whomever: the bus starts some on demand."""
        found = []
        for pid in filter(str.isdigit, os.listdir('/proc')):
            try:
                with open('/proc/%s/environ' % pid, 'rb') as f:
                    if b'POSTHORN_SESSION=' + self.mark.encode() in f.read().split(b'\0') and int(pid) != os.getpid():
                        found.append(int(pid))
            except OSError:
                pass
        return found

    def __exit__(self, *args):
        for child in reversed(self.children):
            if child.poll() is None:
                child.terminate()
                try:
                    child.wait(5)
                except subprocess.TimeoutExpired:
                    child.kill()
                    child.wait()
        for attempt in range(40):
            left = self.ours()
            for pid in left:
                try:
                    os.kill(pid, signal.SIGTERM if attempt < 20 else signal.SIGKILL)
                except ProcessLookupError:
                    pass
            if not left:
                break
            time.sleep(.1)
        shutil.rmtree(self.dir, ignore_errors=True)


def main():
    a = argparse.ArgumentParser(description=__doc__.split('\n')[0])
    a.add_argument('--display', choices=('own', 'inherit'), default='own')
    a.add_argument('--wm')
    a.add_argument('--keyring', choices=('unlocked', 'locked', 'none'), default='unlocked')
    a.add_argument('command', nargs=argparse.REMAINDER)
    o = a.parse_args()

    def leave(signum, frame):
        raise SystemExit(128 + signum)
    signal.signal(signal.SIGTERM, leave)
    signal.signal(signal.SIGINT, leave)
    command = o.command[1:] if o.command[:1] == ['--'] else o.command
    with Session(o.display, o.wm, o.keyring) as session:
        status = subprocess.run(command, env=session.env).returncode
    sys.exit(status if status >= 0 else 128 - status)


if __name__ == '__main__':
    main()
