# SPDX-License-Identifier: GPL-3.0-or-later
"""Servers that answer everything and count who was asked for: DNS, HTTP, and whatever else speaks TCP, on loopback, in a network of their own
where the system lets us have one."""
import ctypes, os, re, socket, struct, subprocess, threading

PUBLIC = '203.0.113.1'                       # of no network that is there (RFC 5737), but public to whoever looks at it
PRIVATE = '10.9.9.1'

GIF = bytes.fromhex('47494638396101000100800000ff0000ffffff21f90400000000002c00000000010001000002024401003b')
TYPES = {'css': ('text/css', b'body{}'), 'js': ('text/javascript', b''), 'svg': ('image/svg+xml', b'<svg xmlns="http://www.w3.org/2000/svg"/>'),
         'html': ('text/html', b'<p>remote</p>')}


def own_network(folder):
    """A network namespace with loopback, an address that leads nowhere, and this host's DNS; False where that is not permitted."""
    libc = ctypes.CDLL(None, use_errno=True)
    CLONE_NEWNS, CLONE_NEWNET, MS_REC, MS_PRIVATE, MS_BIND = 0x20000, 0x40000000, 0x4000, 0x40000, 0x1000
    if libc.unshare(CLONE_NEWNET | CLONE_NEWNS):
        return False
    if libc.mount(b'none', b'/', None, MS_REC | MS_PRIVATE, None):
        raise OSError(ctypes.get_errno(), 'mount')
    for args in ('link set lo up', 'link add d0 type veth peer name d1', 'link set d1 up', 'addr add %s/24 dev d0' % PRIVATE, 'addr add %s/24 dev d0' % PUBLIC,
                 'link set d0 up',
                 'route add default via 10.9.9.254'):
        subprocess.run(['ip', *args.split()], check=True)
    conf = folder + '/resolv.conf'
    with open(conf, 'w') as f:
        f.write('nameserver 127.0.0.1\n')
    if libc.mount(conf.encode(), os.path.realpath('/etc/resolv.conf').encode(), None, MS_BIND, None):
        raise OSError(ctypes.get_errno(), 'mount')
    # an X server in here sees no other's abstract socket, and would share its number and its file: a folder of our own
    os.makedirs('/tmp/.X11-unix', mode=0o1777, exist_ok=True)
    if libc.mount(b'none', b'/tmp/.X11-unix', b'tmpfs', 0, b'mode=1777'):
        raise OSError(ctypes.get_errno(), 'mount')
    return True


class Counters:
    """hits: the set of names (the first label of a host, or the first part of a path) that anybody asked for. What is asked of an address that
    only this machine reaches, is in inside: the names in inside.test are there, and so does whatever.track.test/to/INSIDE send one."""

    def __init__(self, has_names):
        self.hits, self.requests, self.inside, self.lock, self.has_names = set(), [], [], threading.Lock(), has_names
        self.port = 80 if has_names else 0
        if has_names:
            dns = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
            dns.bind(('127.0.0.1', 53))
            threading.Thread(target=self.serve_dns, args=(dns,), daemon=True).start()
        for port in ((80, 443, 21) if has_names else (0,)):
            s = socket.socket()
            s.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            s.bind(('0.0.0.0' if has_names else '127.0.0.1', port))
            s.listen(200)
            if not port:
                self.port = s.getsockname()[1]
            threading.Thread(target=self.serve_tcp, args=(s, port in (0, 80)), daemon=True).start()

    def url(self, name, rest='', scheme='http:'):
        if self.has_names:
            return '%s//%s.track.test/%s' % (scheme, name, rest)
        return '%s//127.0.0.1:%d/%s/%s' % (scheme, self.port, name, rest)

    def hit(self, name):
        with self.lock:
            self.hits.add(name)

    def take(self):
        with self.lock:
            hits, requests = self.hits, self.requests
            self.hits, self.requests = set(), []
        return hits, requests

    def serve_dns(self, s):
        while True:
            d, who = s.recvfrom(4096)
            i, labels = 12, []
            while d[i]:
                labels.append(d[i + 1:i + 1 + d[i]].decode('latin1').lower())
                i += d[i] + 1
            if labels[-2:] == ['track', 'test']:
                self.hit(labels[0])
            kind = struct.unpack('>H', d[i + 1:i + 3])[0]
            address = PUBLIC if labels[-2:] != ['inside', 'test'] else '127.0.0.1' if labels[0] == 'loopback' else PRIVATE
            answer = b'\xc0\x0c\0\1\0\1\0\0\0\x3c\0\4' + socket.inet_aton(address) if kind == 1 else b''
            s.sendto(d[:2] + b'\x81\x80\0\1' + struct.pack('>H', 1 if answer else 0) + b'\0\0\0\0' + d[12:i + 5] + answer, who)

    def serve_tcp(self, s, is_http):
        while True:
            c, _ = s.accept()
            threading.Thread(target=self.serve_http if is_http else self.serve_other, args=(c,), daemon=True).start()

    def serve_other(self, c):
        with c:
            try:
                c.settimeout(5)
                for name in re.findall(rb'([a-z0-9-]+)\.track\.test', c.recv(8192)):
                    self.hit(name.decode())
            except OSError:
                pass

    def serve_http(self, c):
        with c:
            try:
                c.settimeout(10)
                data = b''
                while b'\r\n\r\n' not in data:
                    piece = c.recv(8192)
                    if not piece:
                        return
                    data += piece
                head = data.decode('latin1')
                path = head.split(' ')[1]
                host = re.search(r'(?im)^host: *(\S+)', head)
                if self.has_names and c.getsockname()[0] != PUBLIC:
                    with self.lock:
                        self.inside.append(head.split('\r\n')[0])
                if '/to/' in path:
                    c.sendall(b'HTTP/1.1 302 Found\r\nConnection: close\r\nContent-Length: 0\r\nLocation: http://%s/x.gif\r\n\r\n' % path.rpartition('/to/')[2].encode())
                    return
                name = host.group(1).split('.')[0] if self.has_names and host else path.split('/')[1]
                self.hit(name)
                with self.lock:
                    self.requests.append(head)
                kind, body = TYPES.get(path.rpartition('.')[2], ('image/gif', GIF))
                c.sendall(b'HTTP/1.1 200 OK\r\nConnection: close\r\nSet-Cookie: seen=%s\r\nContent-Type: %s\r\nContent-Length: %d\r\n\r\n'
                          % (name.encode(), kind.encode(), len(body)) + body)
            except OSError:
                pass
