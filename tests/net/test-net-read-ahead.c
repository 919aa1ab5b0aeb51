/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A socket read in large pieces: nothing lost, nothing waited for that is here already. */
#include "net-read-ahead.h"

#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#define SIZE 150000

typedef struct
{
  int far; /* the other end */
  GSocketConnection *connection;
  GInputStream *input;
} Fixture;

static void
set_up (Fixture *self, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GSocket) socket = NULL;
  g_autoptr (GSocketConnection) plain = NULL;
  int ends[2];

  g_assert_cmpint (socketpair (AF_UNIX, SOCK_STREAM, 0, ends), ==, 0);
  self->far = ends[1];
  socket = g_socket_new_from_fd (ends[0], &error);
  g_assert_no_error (error);
  plain = g_object_new (G_TYPE_SOCKET_CONNECTION, "socket", socket, NULL);
  self->connection = net_read_ahead_new (plain);
  self->input = g_io_stream_get_input_stream (G_IO_STREAM (self->connection));
}

static void
tear_down (Fixture *self, gconstpointer data)
{
  g_io_stream_close (G_IO_STREAM (self->connection), NULL, NULL);
  g_object_unref (self->connection);
  if (self->far >= 0)
    close (self->far);
}

static void
hang_up (Fixture *self)
{
  close (self->far);
  self->far = -1;
}

static gpointer
write_all (gpointer data)
{
  Fixture *self = data;
  g_autofree guint8 *bytes = g_malloc (SIZE);

  for (gsize i = 0; i < SIZE; i++)
    bytes[i] = (guint8) (i * 7 + i / 251);
  for (gsize done = 0; done < SIZE;)
    {
      gssize n = write (self->far, bytes + done, MIN (SIZE - done, 9999));

      g_assert_cmpint (n, >, 0);
      done += n;
    }
  hang_up (self);
  return NULL;
}

/* As TLS reads: a record's head, then the record */
static void
test_pieces (Fixture *self, gconstpointer data)
{
  const gsize sizes[] = { 5, 4113, 1, 70000, 5, 17 };
  g_autofree guint8 *piece = g_malloc (70000);
  GThread *writer = g_thread_new ("writer", write_all, self);
  g_autoptr (GError) error = NULL;
  gsize got = 0;

  for (guint turn = 0;; turn++)
    {
      gssize n = g_input_stream_read (self->input, piece, sizes[turn % G_N_ELEMENTS (sizes)], NULL, &error);

      g_assert_no_error (error);
      if (n == 0)
        break;
      for (gssize i = 0; i < n; i++, got++)
        g_assert_cmpuint (piece[i], ==, (guint8) (got * 7 + got / 251));
    }
  g_assert_cmpuint (got, ==, SIZE);
  g_thread_join (writer);
}

static gssize
try_read (Fixture *self, char *byte, GError **error)
{
  return g_pollable_input_stream_read_nonblocking (G_POLLABLE_INPUT_STREAM (self->input), byte, 1, NULL, error);
}

static void
test_nothing_there (Fixture *self, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  char byte;

  g_assert_false (g_pollable_input_stream_is_readable (G_POLLABLE_INPUT_STREAM (self->input)));
  g_assert_cmpint (try_read (self, &byte, &error), ==, -1);
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_WOULD_BLOCK);
}

static gboolean
on_ready (GObject *stream, gpointer data)
{
  *(gboolean *) data = TRUE;
  return G_SOURCE_REMOVE;
}

/* What is in the buffer is not in the socket any more: polling that would wait for ever. */
static void
test_polled (Fixture *self, gconstpointer data)
{
  g_autoptr (GMainContext) context = g_main_context_new ();
  g_autoptr (GSource) source = NULL;
  gboolean is_ready = FALSE;
  char byte;

  g_assert_cmpint (write (self->far, "ab", 2), ==, 2);
  g_assert_cmpint (try_read (self, &byte, NULL), ==, 1);
  g_assert_cmpint (byte, ==, 'a');
  g_assert_true (g_pollable_input_stream_is_readable (G_POLLABLE_INPUT_STREAM (self->input)));
  source = g_pollable_input_stream_create_source (G_POLLABLE_INPUT_STREAM (self->input), NULL);
  g_source_set_callback (source, G_SOURCE_FUNC (on_ready), &is_ready, NULL);
  g_source_attach (source, context);
  while (!is_ready)
    g_main_context_iteration (context, TRUE);
  g_assert_cmpint (try_read (self, &byte, NULL), ==, 1);
  g_assert_cmpint (byte, ==, 'b');
}

static void
test_end (Fixture *self, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  char byte;

  g_assert_cmpint (write (self->far, "z", 1), ==, 1);
  hang_up (self);
  g_assert_cmpint (try_read (self, &byte, &error), ==, 1);
  g_assert_cmpint (try_read (self, &byte, &error), ==, 0);
  g_assert_no_error (error);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/net/read-ahead/pieces/lose-nothing", Fixture, NULL, set_up, test_pieces, tear_down);
  g_test_add ("/net/read-ahead/nothing-there/does-not-wait", Fixture, NULL, set_up, test_nothing_there, tear_down);
  g_test_add ("/net/read-ahead/buffered/is-told-by-polling", Fixture, NULL, set_up, test_polled, tear_down);
  g_test_add ("/net/read-ahead/end/comes-after-the-last-byte", Fixture, NULL, set_up, test_end, tear_down);
  return g_test_run ();
}
