# SPDX-License-Identifier: GPL-3.0-or-later
"""Drives Posthorn's window through accessibility, as a screen reader and a keyboard would: everything is found by role and name.

GTK 4.8 has its own ways here: labels give their text only by character count, rows of lists have no name (their labels do), extents are
relative to the window, and focus cannot be grabbed but by a click or the keyboard."""
import os, subprocess, time
import gi
gi.require_version('Atspi', '2.0')
from gi.repository import Atspi, Gio, GLib

TIMEOUT = float(os.environ.get('POSTHORN_UI_TIMEOUT', '20'))


class NotFound(AssertionError):
    pass


def wait_for(what, check, seconds=None):
    """The first true value of check (); exceptions of objects that vanish while we look count as "not yet"."""
    end = time.time() + (seconds or TIMEOUT)
    last = None
    while True:
        try:
            value = check()
            if value:
                return value
        except NotFound as e:
            last = e
        except Exception as e:              # the object went away while we walked
            last = e
        if time.time() > end:
            raise NotFound('%s: not within %g s%s' % (what, seconds or TIMEOUT, ' (%s)' % last if last else ''))
        time.sleep(.1)


def children(o):
    for i in range(min(o.get_child_count(), 400)):
        c = o.get_child_at_index(i)
        if c:
            yield c


def walk(o):
    yield o
    for c in children(o):
        yield from walk(c)


def text(o):
    """What it says: an entry's or label's text, else its name."""
    try:
        n = Atspi.Text.get_character_count(o)
        if n > 0:
            return Atspi.Text.get_text(o, 0, n)
    except Exception:
        pass
    return o.get_name() or ''


def has(o, state):
    return o.get_state_set().contains(getattr(Atspi.StateType, state))


def application(name='posthorn', seconds=None):
    def look():
        desktop = Atspi.get_desktop(0)
        for a in children(desktop):
            if a.get_name() == name and a.get_child_count() > 0:
                return a
    return wait_for('application %s' % name, look, seconds)


class Snapshot:
    """All of an application's objects as they are now, asked for in one call: asking each for itself takes several times as long, and
    a window has thousands."""
    bus = None

    def __init__(self, root):
        if not Snapshot.bus:
            address = Gio.bus_get_sync(Gio.BusType.SESSION).call_sync('org.a11y.Bus', '/org/a11y/bus', 'org.a11y.Bus', 'GetAddress', None, None, 0, -1)
            flags = Gio.DBusConnectionFlags
            Snapshot.bus = Gio.DBusConnection.new_for_address_sync(address.unpack()[0], flags.AUTHENTICATION_CLIENT | flags.MESSAGE_BUS_CONNECTION, None, None)
        items = Snapshot.bus.call_sync(root.app.bus_name, '/org/a11y/atspi/cache', 'org.a11y.atspi.Cache', 'GetItems', None, None, 0, -1).unpack()[0]
        self.accessible = {root.path: root}
        self.items, self.below = {}, {}
        for (_, path), _, (_, parent), index, n_children, interfaces, name, role, _, _ in items:
            self.items[path] = (parent, n_children, Atspi.role_get_name(role), name, 'org.a11y.atspi.Text' in interfaces)
            self.below.setdefault(parent, []).append((index, path))
        for children_of in self.below.values():
            children_of.sort()              # the index counts siblings that are no objects: only the order holds

    def meet(self, path):
        """Children that nobody has asked for yet stand in no snapshot: they are asked for one by one, this once."""
        o = self.object(path)
        self.below[path] = []
        for index, child in enumerate(children(o)):
            self.accessible[child.path] = child
            if child.path not in self.items:
                self.items[child.path] = (path, child.get_child_count(), child.get_role_name(), child.get_name() or '', 'Text' in child.get_interfaces())
            self.below[path].append((index, child.path))

    def walk(self, path):
        yield path
        if path in self.items and self.items[path][1] != len(self.below.get(path, ())):
            self.meet(path)
        for _, child in self.below.get(path, ()):
            yield from self.walk(child)

    def object(self, path):
        """The object itself, reached from the root by the places of its ancestors."""
        if path not in self.accessible:
            parent = self.items[path][0]
            o = self.object(parent).get_child_at_index([child for _, child in self.below[parent]].index(path))
            if not o or o.path != path:
                raise NotFound('an object that has moved while we looked')
            self.accessible[path] = o
        return self.accessible[path]

    def says(self, path, name):
        _, _, role, own, has_text = self.items[path]
        named_by_its_text = own and role == 'label'
        return name in own or (has_text and not named_by_its_text and name in text(self.object(path)))


def find_all(root, role, name=None):
    seen = Snapshot(root)
    return [seen.object(path) for path in seen.walk(root.path)
            if path in seen.items and role in (None, seen.items[path][2]) and (name is None or seen.says(path, name))]


def find(root, role, name=None, seconds=None, visible=True):
    def look():
        for o in find_all(root, role, name):
            if not visible or has(o, 'VISIBLE'):
                return o
    return wait_for('%s %r' % (role, name), look, seconds)


def gone(root, role, name=None, seconds=None):
    return wait_for('%s %r gone' % (role, name), lambda: not find_all(root, role, name), seconds)


def act(o, action='click'):
    for i in range(Atspi.Action.get_n_actions(o)):
        if Atspi.Action.get_action_name(o, i) == action:
            return Atspi.Action.do_action(o, i)
    raise NotFound('no action %s on %s %r' % (action, o.get_role_name(), o.get_name()))


def set_text(o, value):
    Atspi.EditableText.set_text_contents(o, value)
    wait_for('text %r' % value, lambda: text(o) == value or o.get_role_name() == 'password text')


def window_position(title):
    out = subprocess.run(['xdotool', 'search', '--onlyvisible', '--name', title], capture_output=True, text=True).stdout.split()
    if not out:
        raise NotFound('no window titled %s' % title)
    found = []
    for window in out:                      # what is dragged has a window of that name too, a small one
        geometry = subprocess.run(['xdotool', 'getwindowgeometry', '--shell', window], capture_output=True, text=True).stdout.split()
        values = {k: int(v) for k, v in (line.split('=') for line in geometry)}
        if values:
            found.append((values['WIDTH'] * values['HEIGHT'], values['X'], values['Y']))
    return max(found)[1:]


def settled(o):
    """Once it stands still: what has just appeared has no place yet."""
    def place():
        e = Atspi.Component.get_extents(o, Atspi.CoordType.WINDOW)
        return (e.x, e.y, e.width, e.height) if e.width > 0 and e.y > 0 else None

    def look():
        before = place()
        time.sleep(.25)
        return before and before == place()
    wait_for('%r to stand still' % text(o), look)
    return o


def click_at(o, title, button='b1c', dx=None):
    x, y = window_position(title)
    e = Atspi.Component.get_extents(o, Atspi.CoordType.WINDOW)
    Atspi.generate_mouse_event(x + e.x + (e.width // 2 if dx is None else dx), y + e.y + e.height // 2, button)
    time.sleep(.25)


def middle(o, title):
    x, y = window_position(title)
    e = Atspi.Component.get_extents(o, Atspi.CoordType.WINDOW)
    return x + e.x + min(e.width // 2, 60), y + e.y + e.height // 2


def wheel(o, title, clicks):
    """The wheel turned downwards over it"""
    x, y = middle(o, title)
    subprocess.run(['xdotool', 'mousemove', str(x), str(y), 'click', '--repeat', str(clicks), '--delay', '20', '5'], check=True)
    time.sleep(.5)


def drag(o, onto, title, modifier=None):
    """With the mouse, in steps: a drag begins only when the pointer has gone a little, and a target sees it only when it moves over it."""
    (x, y), (to_x, to_y) = middle(o, title), middle(onto, title)
    pointer = lambda *args: subprocess.run(['xdotool', *map(str, args)], check=True)
    pointer('mousemove', x, y, 'mousedown', 1)
    time.sleep(.2)
    for step in range(1, 11):
        pointer('mousemove', x + (to_x - x) * step // 10, y + (to_y - y) * step // 10)
        time.sleep(.06)
        if modifier and step == 3:
            pointer('keydown', modifier)
    for shake in (2, -2, 0):
        pointer('mousemove', to_x + shake, to_y)
        time.sleep(.15)
    pointer('mouseup', 1)
    time.sleep(.4)
    if modifier:
        pointer('keyup', modifier)


KEYS = dict(Left=0xff51, Right=0xff53, Return=0xff0d, F2=0xffbf, Tab=0xff09, Escape=0xff1b, Down=0xff54, Up=0xff52, Home=0xff50, End=0xff57, Delete=0xffff, Page_Down=0xff56, Page_Up=0xff55, F5=0xffc2, F6=0xffc3, F9=0xffc6, space=0x20)


def key(name):
    """A key, or with modifiers as xdotool writes them: ctrl+n"""
    if '+' in name:
        subprocess.run(['xdotool', 'key', '--clearmodifiers', name], check=True)
    else:
        Atspi.generate_keyboard_event(KEYS[name], None, Atspi.KeySynthType.SYM)
    time.sleep(.15)


def type_text(s):
    Atspi.generate_keyboard_event(0, s, Atspi.KeySynthType.STRING)
    time.sleep(.2 + .02 * len(s))


def screenshot(path):
    os.makedirs(os.path.dirname(os.path.abspath(path)), exist_ok=True)
    time.sleep(.4)                          # a frame or two: accessibility runs ahead of drawing
    subprocess.run(['import', '-window', 'root', path], check=True)


def dump(root, depth=0):
    """The whole tree as text, for a test that failed."""
    try:
        states = [s for s in ('VISIBLE', 'SENSITIVE', 'FOCUSED', 'SELECTED', 'CHECKED') if has(root, s)]
        print('%s%s %r %r %s' % ('  ' * depth, root.get_role_name(), root.get_name(), text(root)[:80], ' '.join(states)))
        for c in children(root):
            dump(c, depth + 1)
    except Exception as e:
        print('%s(gone: %s)' % ('  ' * depth, e))


def close_window(app, title='Posthorn'):
    """As the window manager's button would; the application may be gone before it has answered."""
    for window in children(app):
        if window.get_name().startswith(title):
            try:
                act(window, 'window.close')
            except GLib.Error:
                pass
            return
    raise NotFound('no window %s' % title)
