/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The protocol log: a ring of lines in memory and, where wanted, a file. */
#include "base-trace.h"

#include "base-error.h"

#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdio.h>
#include <unistd.h>

#define MAX_LINES 2000
#define MAX_LINE 500

struct _BaseTrace
{
  GObject parent_instance;

  /* any thread, under lock: a log line may come from every worker, and must not wait for the main thread */
  GMutex lock;
  GQueue lines;
  FILE *file;
};

G_DEFINE_FINAL_TYPE (BaseTrace, base_trace, G_TYPE_OBJECT)

static void
append_escaped (GString *out, const char *text, gsize length)
{
  g_autofree char *valid = g_utf8_make_valid (text, MIN (length, MAX_LINE));

  for (const char *p = valid; *p; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (g_unichar_type (c) == G_UNICODE_CONTROL || g_unichar_type (c) == G_UNICODE_FORMAT)
        g_string_append_printf (out, "\\x%02x", c);
      else
        g_string_append_unichar (out, c);
    }
  if (length > MAX_LINE)
    g_string_append_printf (out, "… (%" G_GSIZE_FORMAT " bytes)", length);
}

static void
add_line (BaseTrace *self, const char *tag, const char *mark, const char *text, gsize length)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();
  g_autofree char *time = g_date_time_format (now, "%H:%M:%S.%f");
  GString *line = g_string_new (NULL);

  time[MIN (strlen (time), 12)] = '\0'; /* milliseconds are enough */
  g_string_append_printf (line, "%s %s %s ", time, tag, mark);
  append_escaped (line, text, length);

  g_mutex_lock (&self->lock);
  if (self->file)
    {
      fprintf (self->file, "%s\n", line->str);
      fflush (self->file);
    }
  g_queue_push_tail (&self->lines, g_string_free (line, FALSE));
  while (self->lines.length > MAX_LINES)
    g_free (g_queue_pop_head (&self->lines));
  g_mutex_unlock (&self->lock);
}

static void
base_trace_finalize (GObject *object)
{
  BaseTrace *self = BASE_TRACE (object);

  g_queue_clear_full (&self->lines, g_free);
  g_clear_pointer (&self->file, fclose);
  g_mutex_clear (&self->lock);
  G_OBJECT_CLASS (base_trace_parent_class)->finalize (object);
}

static void
base_trace_class_init (BaseTraceClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = base_trace_finalize;
}

static void
base_trace_init (BaseTrace *self)
{
  g_mutex_init (&self->lock);
  g_queue_init (&self->lines);
}

BaseTrace *
base_trace_new (const char *path, GError **error)
{
  g_autoptr (BaseTrace) self = g_object_new (BASE_TYPE_TRACE, NULL);

  if (path)
    {
      int fd = open (path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);

      self->file = fd < 0 ? NULL : fdopen (fd, "a");
      if (!self->file)
        {
          g_set_error (error, BASE_ERROR, BASE_ERROR_FILE, "The log %s cannot be written: %s", path, g_strerror (errno));
          if (fd >= 0)
            close (fd);
          return NULL;
        }
    }
  return g_steal_pointer (&self);
}

void
base_trace_sent (BaseTrace *self, const char *tag, const char *line)
{
  if (self)
    add_line (self, tag, ">", line, strlen (line));
}

void
base_trace_received (BaseTrace *self, const char *tag, const char *line, gssize length)
{
  if (self)
    add_line (self, tag, "<", line, length < 0 ? strlen (line) : (gsize) length);
}

void
base_trace_note (BaseTrace *self, const char *tag, const char *format, ...)
{
  g_autofree char *text = NULL;
  va_list args;

  if (!self)
    return;
  va_start (args, format);
  text = g_strdup_vprintf (format, args);
  va_end (args);
  add_line (self, tag, "*", text, strlen (text));
}

void
base_trace_secret (BaseTrace *self, const char *tag, const char *what)
{
  g_autofree char *line = NULL;

  if (!self)
    return;
  line = g_strdup_printf ("%s [secret]", what);
  add_line (self, tag, ">", line, strlen (line));
}

char *
base_trace_dup_text (BaseTrace *self)
{
  GString *text = g_string_new (NULL);

  if (self)
    {
      g_mutex_lock (&self->lock);
      for (GList *l = self->lines.head; l; l = l->next)
        g_string_append_printf (text, "%s\n", (const char *) l->data);
      g_mutex_unlock (&self->lock);
    }
  return g_string_free (text, FALSE);
}
