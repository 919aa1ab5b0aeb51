# SPDX-License-Identifier: GPL-3.0-or-later
"""Every way that we know to make a reader of mail fetch something. Each construct asks for a name of its own, and says whether it is a picture
that the reader loads when somebody wants the remote images (some only because libxml2 reads broken HTML in its own way, which is all that counts
here); nothing else ever may be asked for."""

CONSTRUCTS = [
    # name, whether it is a picture, HTML: %s is the address, once or more
    ('img', True, '<img src="%s">'), ('img-unquoted', True, '<img src=%s >'), ('img-capitals', True, '<IMG SRC=\'%s\'>'),
    ('img-tab', True, '<img src="&#9;%s&#10;">'), ('img-escaped', True, '<img src="&#104;&#116;tp&#58;{rest}">'),
    ('img-lazy', True, '<img loading=lazy src="%s">'), ('img-dot', False, '<img width=1 height=1 src="%s">'),
    ('img-srcset', False, '<img srcset="%s 1x, %s 2x">'), ('img-lowsrc', False, '<img lowsrc="%s" dynsrc="%s">'), ('img-attributionsrc', False, '<img attributionsrc="%s">'),
    ('image-element', False, '<image src="%s">'), ('picture', False, '<picture><source srcset="%s"><img></picture>'), ('usemap', False, '<img usemap="%s">'),
    ('longdesc', False, '<img longdesc="%s">'), ('input-image', False, '<input type=image src="%s">'),
    ('table-background', True, '<table background="%s"><tr><td>x</table>'),
    ('td-background', True, '<table><tr><td background="%s">x</table>'),
    ('style-background', True, '<p style="background:url(%s)">x'), ('style-background-quoted', True, '<p style="background-image:url(\'%s\')">x'),
    ('style-escaped', True, '<p style="background:\\75\\72\\6c(%s)">x'), ('style-list', True, '<ul style="list-style-image:url(%s)"><li>x</ul>'),
    ('style-content', False, '<p style="content:url(%s)">x'), ('style-cursor', False, '<p style="cursor:url(%s),auto">x'), ('style-border-image', False, '<p style="border:5px solid;border-image:url(%s) 1">x'),
    ('style-image-set', False, '<p style="background:image-set(\'%s\' 1x)">x'), ('style-webkit-image-set', False, '<p style="background:-webkit-image-set(url(%s) 1x)">x'),
    ('style-cross-fade', False, '<p style="background:-webkit-cross-fade(url(%s),url(%s),50%%)">x'), ('style-mask', False, '<p style="-webkit-mask-image:url(%s)">x'),
    ('style-shape', False, '<p style="float:left;shape-outside:url(%s)">x'), ('style-filter', False, '<p style="filter:url(%s#f)">x'), ('style-clip', False, '<p style="clip-path:url(%s#f)">x'),
    ('style-behavior', False, '<p style="behavior:url(%s);-moz-binding:url(%s)">x'), ('style-var', False, '<p style="--x:url(%s);background:var(--x)">x'),
    ('style-expression', False, '<p style="width:expression(new Image().src=\'%s\')">x'),
    ('sheet-background', True, '<style>.c1{background:url(%s)}</style><p class=c1>x'), ('sheet-comment', True, '<style><!-- .c2{background:url("%s")} --></style><p class=c2>x'),
    ('sheet-import', False, '<style>@import "%s.css";</style>'), ('sheet-import-url', False, '<style>@import url(%s.css) screen;</style>'),
    ('sheet-import-escaped', False, '<style>@\\69mport "%s.css";</style>'), ('sheet-font', False, '<style>@font-face{font-family:f1;src:url(%s)}.c3{font-family:f1}</style><p class=c3>x'),
    ('sheet-before', False, '<style>.c4::before{content:url(%s)}</style><p class=c4>x'), ('sheet-attribute', True, '<style>p[class^=c5]{background:url(%s)}</style><p class=c5>x'),
    ('sheet-link', False, '<style>a:link{background:url(%s)}</style><a href="https://example.org/">x</a>'), ('sheet-media', True, '<style>@media screen{.c6{background:url(%s)}}</style><p class=c6>x'),
    ('sheet-supports', False, '<style>@supports(color:red){.c7{background:url(%s)}}</style><p class=c7>x'), ('sheet-keyframes', False, '<style>@keyframes k{from{background:url(%s)}to{background:url(%s)}}.c8{animation:k 1s}</style><p class=c8>x'),
    ('sheet-property', False, '<style>@property --p{syntax:"<image>";inherits:false;initial-value:url(%s)}</style>'), ('sheet-namespace', False, '<style>@namespace url(%s);</style>'),

    ('link-sheet', False, '<link rel=stylesheet href="%s.css">'), ('link-alternate', False, '<link rel="alternate stylesheet" title=x href="%s.css">'), ('link-icon', False, '<link rel=icon href="%s">'),
    ('link-prefetch', False, '<link rel=prefetch href="%s">'), ('link-preload', False, '<link rel=preload as=image href="%s">'), ('link-modulepreload', False, '<link rel=modulepreload href="%s.js">'),
    ('link-preconnect', False, '<link rel=preconnect href="%s">'), ('link-dns', False, '<link rel=dns-prefetch href="%s">'), ('link-manifest', False, '<link rel=manifest href="%s">'),
    ('link-prerender', False, '<link rel=prerender href="%s">'), ('link-import', False, '<link rel=import href="%s.html">'),
    ('iframe', False, '<iframe src="%s.html"></iframe>'), ('iframe-srcdoc', False, '<iframe srcdoc="&lt;img src=%s&gt;"></iframe>'), ('iframe-data', False, '<iframe src="data:text/html,<img src=%s>"></iframe>'),
    ('object', False, '<object data="%s.html"></object>'), ('object-type', False, '<object type=image/gif data="%s"></object>'),
    ('embed', False, '<embed src="%s.html">'), ('applet', False, '<applet codebase="%s" archive="%s" code=x></applet>'), ('portal', False, '<portal src="%s"></portal>'),
    ('video', False, '<video src="%s" preload=auto autoplay></video>'), ('video-poster', False, '<video poster="%s"></video>'), ('video-source', False, '<video preload=auto><source src="%s"></video>'),
    ('video-track', False, '<video><track default src="%s"></video>'), ('audio', False, '<audio src="%s" preload=auto autoplay></audio>'), ('bgsound', False, '<bgsound src="%s">'),
    ('svg-image', False, '<svg><image href="%s"/></svg>'), ('svg-xlink', False, '<svg><image xlink:href="%s"/></svg>'), ('svg-use', False, '<svg><use href="%s#x"/></svg>'),
    ('svg-feimage', False, '<svg><filter id=f><feImage href="%s"/></filter><rect width=9 height=9 filter="url(#f)"/></svg>'),
    ('svg-foreign', False, '<svg><foreignObject><img xmlns="http://www.w3.org/1999/xhtml" src="%s"/></foreignObject></svg>'), ('svg-script', False, '<svg><script href="%s.js"></script></svg>'),
    ('svg-data', False, '<img src="data:image/svg+xml,<svg xmlns=\'http://www.w3.org/2000/svg\'><image href=\'%s\'/></svg>">'),
    ('math', False, '<math><mglyph src="%s"/><maction xlink:href="%s">x</maction></math>'),
    ('script', False, '<script src="%s.js"></script>'), ('script-module', False, '<script type=module src="%s.js"></script>'), ('script-image', False, '<script>new Image().src="%s"</script>'),
    ('script-fetch', False, '<script>fetch("%s")</script>'), ('script-beacon', False, '<script>navigator.sendBeacon("%s")</script>'), ('script-socket', False, '<script>new WebSocket("%s".replace("http","ws"))</script>'),
    ('on-error', False, '<img src=x: onerror="new Image().src=\'%s\'">'), ('on-load', False, '<svg onload="new Image().src=\'%s\'"></svg>'), ('on-toggle', False, '<details open ontoggle="new Image().src=\'%s\'">x</details>'),
    ('meta-csp', False, '<meta http-equiv=Content-Security-Policy content="default-src *;report-uri %s">'), ('meta-set', False, '<meta name=msapplication-TileImage content="%s">'),
    ('form', False, '<form action="%s" method=post><input autofocus name=a><button formaction="%s">x</button></form>'), ('a-ping', False, '<a href="https://example.org/" ping="%s">x</a>'),
    ('blockquote-cite', False, '<blockquote cite="%s">x</blockquote>'),
    ('xml-stylesheet', False, '<?xml-stylesheet href="%s.css"?>'), ('xml-island', False, '<xml src="%s"></xml>'), ('conditional', False, '<!--[if mso]><img src="%s"><![endif]-->'),
    ('shadow', False, '<div><template shadowrootmode=open><img src="%s"></template></div>'),

    ('nested-cid', False, '<img src="cid:%s">'), ('mhtml', False, '<img src="mhtml:%s!x">'), ('jar', False, '<img src="jar:%s!/x">'), ('view-source', False, '<iframe src="view-source:%s"></iframe>'), ('feed', False, '<img src="feed:%s">'),
    ('ftp', False, '<img src="{ftp}">'), ('javascript', False, '<iframe src="javascript:\'<img src=%s>\'"></iframe>'), ('file', False, '<img src="file:{rest}">'), ('smb', False, '<img src="\\\\{host}\\x">'),
    ('back-slashes', False, '<img src="http:\\\\{host}/x">'), ('relative-scheme', True, '<img src="{rest}">'),
    ('speculation', False, '<script type=speculationrules>{"prerender":[{"urls":["%s"]}]}</script>'),
]

# Each of these may take the rest of the page with it, so it stands alone.
ALONE = [
    ('body-background', True, '<body background="%s">'),
    ('plaintext', True, '<!-- --!><img src="%s"> -->'),
    ('textarea', True, '<textarea><img src="%s"></textarea>'),
    ('select', False, '<select><option><img src="%s"></select>'),
    ('title', False, '<title><img src="%s"></title>'),
    ('html-manifest', False, '<html manifest="%s">'),
    ('frame', False, '<frameset><frame src="%s.html"></frameset>'),
    ('broken-tag', False, '<p title="a<img src=%s>'),
    ('isindex', False, '<isindex action="%s">'),
    ('sheet-ends-early', True, '<style>q{x:"</style><img src=%s>"}</style>'),
    ('svg-style', False, '<svg><style>@import "%s.css";</style></svg>'),
    ('math-style', False, '<math><mtext><table><mglyph><style><img src=%s></style></mglyph></table></mtext></math>'),
    ('template', False, '<template><img src="%s"></template>'),
    ('noscript', True, '<noscript><img src="%s"></noscript>'),
    ('refresh', False, '<meta http-equiv=refresh content="0;url=%s.html">x'),
    ('refresh-header', False, '<meta http-equiv="Refresh" content="0; URL=\'%s.html\'">x'),
    ('base', False, '<base href="%s"><img src="a.gif">x'),
    ('script-location', False, '<script>location="%s.html"</script>x'),
    ('frameset', False, '<html><frameset><frame src="%s.html"></frameset></html>'),
    ('unclosed', True, '<img src="%s'),
]


def fill(text, name, counters):
    url = counters.url(name)
    text = text.replace('{rest}', url[5:]).replace('{host}', url.split('/')[2]).replace('{ftp}', counters.url(name, scheme='ftp:'))
    return text.replace('%s', url).replace('%%', '%')


def pages(counters):
    """(names, pictures, HTML): one page with all that get on with each other, and one for each other."""
    all_names, pictures = {c[0] for c in CONSTRUCTS}, {c[0] for c in CONSTRUCTS if c[1]}
    html = '<html><body>%s</body></html>' % '\n'.join('<div>%s</div>' % fill(text, name, counters) for name, _, text in CONSTRUCTS)
    return [(all_names, pictures, html)] + [({name}, {name} if is_picture else set(), fill(text, name, counters)) for name, is_picture, text in ALONE]
