/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The protocol log that a person can read and send with a bug report. Secrets never get into it: the place that
 * writes a secret says base_trace_secret () instead of base_trace_sent (). */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define BASE_TYPE_TRACE (base_trace_get_type ())
G_DECLARE_FINAL_TYPE (BaseTrace, base_trace, BASE, TRACE, GObject)

/**
 * base_trace_new:
 * @path: (nullable): a file that every line is appended to, readable by this user alone; %NULL keeps lines in memory only
 *
 * The last 2,000 lines are kept in memory whatever @path is. All functions: any thread, and a %NULL trace is allowed
 * everywhere and does nothing.
 *
 * Returns: (transfer full): or %NULL with %BASE_ERROR_FILE
 */
BaseTrace *base_trace_new (const char *path, GError **error);

/**
 * base_trace_sent:
 * @tag: whose line it is, as "Work POP3"
 * @line: without its CRLF; invalid UTF-8 and control characters are shown escaped; cut to 500 bytes
 */
void base_trace_sent (BaseTrace *self, const char *tag, const char *line);
void base_trace_received (BaseTrace *self, const char *tag, const char *line, gssize length);
void base_trace_note (BaseTrace *self, const char *tag, const char *format, ...) G_GNUC_PRINTF (3, 4);

/* base_trace_secret: writes "AUTH PLAIN [secret]" for @what "AUTH PLAIN" */
void base_trace_secret (BaseTrace *self, const char *tag, const char *what);

/* base_trace_dup_text: (transfer full): what is in memory, newest last, lines ended by '\n' */
char *base_trace_dup_text (BaseTrace *self);

G_END_DECLS
