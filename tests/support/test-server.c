/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Listens, and gives each connection its script; test-talk.c plays it. */
#include "test-server.h"

#include "test-talk.h"

#include <string.h>

#define PATIENCE_US (10 * G_USEC_PER_SEC)

typedef struct
{
  char *script; /* or */
  TestServerFunc func;
  gpointer data;

  TestCertificateKind certificate;
  gsize split;
  gssize cut_sent, cut_received;
} Part;

struct _TestServer
{
  GSocket *listener;
  guint port;
  GThread *thread;
  GCancellable *stop;

  /* the test's thread */
  TestCertificateKind certificate;
  gsize split;
  gssize cut_sent, cut_received;

  /* both threads, under lock */
  GMutex lock;
  GCond changed;
  GQueue parts;
  Part *last; /* with does_repeat */
  gboolean does_repeat;
  gboolean is_busy;
  GHashTable *bodies;
  GPtrArray *received; /* of GByteArray */
  char *failure;
};

static void
part_free (Part *part)
{
  g_free (part->script);
  g_free (part);
}

/* Returns: (nullable): what the connection that just came plays */
static Part *
take_part (TestServer *self)
{
  Part *part;

  g_mutex_lock (&self->lock);
  part = g_queue_pop_head (&self->parts);
  if (part)
    {
      g_clear_pointer (&self->last, part_free);
      self->last = part;
    }
  else if (self->does_repeat)
    part = self->last;
  self->is_busy = TRUE;
  g_mutex_unlock (&self->lock);
  return part;
}

static void
play (TestServer *self, GSocketConnection *connection)
{
  Part *part = take_part (self);
  g_autofree char *failure = NULL;
  TestTalk *talk;
  GByteArray *received;

  if (part)
    {
      talk = test_talk_new (connection, test_certificate_get (part->certificate), part->split,
                            part->cut_sent, part->cut_received, self->bodies, self->stop);
      if (part->cut_sent >= 0 || part->cut_received >= 0)
        test_talk_allow_leaving (talk);
      if (part->func)
        part->func (talk, part->data);
      else
        test_talk_play (talk, part->script);
      received = test_talk_end (talk, &failure);
    }
  else
    {
      received = g_byte_array_new ();
      failure = g_strdup ("a connection came for which there is no script");
    }

  g_mutex_lock (&self->lock);
  g_ptr_array_add (self->received, received);
  if (!self->failure && failure)
    self->failure = g_strdup_printf ("connection %u: %s", self->received->len, failure);
  self->is_busy = FALSE;
  g_cond_broadcast (&self->changed);
  g_mutex_unlock (&self->lock);
}

static gpointer
run (gpointer data)
{
  TestServer *self = data;
  g_autoptr (GSocket) socket = NULL;

  while ((socket = g_socket_accept (self->listener, self->stop, NULL)))
    {
      g_autoptr (GSocketConnection) connection = g_socket_connection_factory_create_connection (socket);

      play (self, connection);
      g_clear_object (&socket);
    }
  return NULL;
}

TestServer *
test_server_new (void)
{
  TestServer *self = g_new0 (TestServer, 1);
  g_autoptr (GInetAddress) loopback = g_inet_address_new_loopback (G_SOCKET_FAMILY_IPV4);
  g_autoptr (GSocketAddress) wanted = g_inet_socket_address_new (loopback, 0);
  g_autoptr (GSocketAddress) got = NULL;
  g_autoptr (GError) error = NULL;

  self->listener = g_socket_new (G_SOCKET_FAMILY_IPV4, G_SOCKET_TYPE_STREAM, G_SOCKET_PROTOCOL_TCP, &error);
  g_assert_no_error (error);
  g_socket_bind (self->listener, wanted, TRUE, &error);
  g_assert_no_error (error);
  g_socket_listen (self->listener, &error);
  g_assert_no_error (error);
  got = g_socket_get_local_address (self->listener, &error);
  g_assert_no_error (error);

  self->port = g_inet_socket_address_get_port (G_INET_SOCKET_ADDRESS (got));
  self->stop = g_cancellable_new ();
  self->cut_sent = self->cut_received = -1;
  g_mutex_init (&self->lock);
  g_cond_init (&self->changed);
  g_queue_init (&self->parts);
  self->bodies = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) g_bytes_unref);
  self->received = g_ptr_array_new_with_free_func ((GDestroyNotify) g_byte_array_unref);
  self->thread = g_thread_new ("test-server", run, self);
  return self;
}

static gboolean
is_through (TestServer *self)
{
  return self->failure || (!self->is_busy && g_queue_is_empty (&self->parts));
}

/* Ends the thread once all is played, or patience is. */
static void
end (TestServer *self)
{
  gint64 until = g_get_monotonic_time () + PATIENCE_US;

  if (!self->thread)
    return;
  g_mutex_lock (&self->lock);
  if (!self->is_busy && !self->does_repeat && !self->failure && !g_queue_is_empty (&self->parts))
    until = g_get_monotonic_time () + G_USEC_PER_SEC / 2; /* the client has gone already: who should still come? */
  while (!is_through (self) && g_cond_wait_until (&self->changed, &self->lock, until))
    ;
  if (!self->failure && self->is_busy)
    self->failure = g_strdup_printf ("connection %u did not come to its end", self->received->len + 1);
  else if (!self->failure && !self->does_repeat && !g_queue_is_empty (&self->parts))
    self->failure = g_strdup_printf ("%u of the scripts were never played: the client did not come", self->parts.length);
  g_mutex_unlock (&self->lock);

  g_cancellable_cancel (self->stop);
  g_thread_join (g_steal_pointer (&self->thread));
  g_socket_close (self->listener, NULL);
}

char *
test_server_take_failure (TestServer *self)
{
  end (self);
  return g_steal_pointer (&self->failure);
}

gboolean
test_server_finish (TestServer *self)
{
  g_autofree char *failure = test_server_take_failure (self);

  if (!failure)
    return TRUE;
  g_test_message ("The test server's script and the client differ: %s", failure);
  g_printerr ("# the test server's script and the client differ: %s\n", failure);
  g_test_fail ();
  return FALSE;
}

void
test_server_free (TestServer *self)
{
  test_server_finish (self);
  g_queue_clear_full (&self->parts, (GDestroyNotify) part_free);
  g_clear_pointer (&self->last, part_free);
  g_hash_table_unref (self->bodies);
  g_ptr_array_unref (self->received);
  g_object_unref (self->listener);
  g_object_unref (self->stop);
  g_mutex_clear (&self->lock);
  g_cond_clear (&self->changed);
  g_free (self);
}

guint
test_server_get_port (TestServer *self)
{
  return self->port;
}

static void
add_part (TestServer *self, const char *script, TestServerFunc func, gpointer data)
{
  Part *part = g_new0 (Part, 1);

  part->script = g_strdup (script);
  part->func = func;
  part->data = data;
  part->certificate = self->certificate;
  part->split = self->split;
  part->cut_sent = self->cut_sent;
  part->cut_received = self->cut_received;
  self->cut_sent = self->cut_received = -1;

  g_mutex_lock (&self->lock);
  g_queue_push_tail (&self->parts, part);
  g_mutex_unlock (&self->lock);
}

void
test_server_add_script (TestServer *self, const char *script)
{
  add_part (self, script, NULL, NULL);
}

void
test_server_add_file (TestServer *self, const char *path)
{
  g_autoptr (GBytes) bytes = test_data_load (path);
  g_autofree char *script = g_strndup (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));

  add_part (self, script, NULL, NULL);
}

void
test_server_add_func (TestServer *self, TestServerFunc func, gpointer data)
{
  add_part (self, NULL, func, data);
}

void
test_server_set_repeat (TestServer *self, gboolean does_repeat)
{
  g_mutex_lock (&self->lock);
  self->does_repeat = does_repeat;
  g_mutex_unlock (&self->lock);
}

void
test_server_set_certificate (TestServer *self, TestCertificateKind kind)
{
  self->certificate = kind;
}

void
test_server_set_split (TestServer *self, gsize n_bytes)
{
  self->split = n_bytes;
}

void
test_server_cut_after (TestServer *self, gssize n_sent, gssize n_received)
{
  self->cut_sent = n_sent;
  self->cut_received = n_received;
}

void
test_server_set_body (TestServer *self, const char *name, const char *text, gssize length)
{
  g_mutex_lock (&self->lock);
  g_hash_table_insert (self->bodies, g_strdup (name), g_bytes_new (text, length < 0 ? strlen (text) : (gsize) length));
  g_mutex_unlock (&self->lock);
}

gsize
test_server_get_body_size (TestServer *self, const char *name)
{
  GBytes *known = g_hash_table_lookup (self->bodies, name);
  g_autoptr (GBytes) body = known ? g_bytes_ref (known) : test_data_load (name);
  gsize length, size = 0;
  const char *text = g_bytes_get_data (body, &length);

  for (gsize i = 0; i < length; i++)
    size += text[i] == '\n' && (i == 0 || text[i - 1] != '\r') ? 2 : 1;
  return length > 0 && text[length - 1] != '\n' ? size + 2 : size;
}

MailLogin *
test_server_login (TestServer *self, MailSecurity security, const char *user, MailSecretKind kind, const char *secret)
{
  MailLogin *login = mail_login_new ("localhost", self->port, security, user, kind, secret);

  mail_login_set_trust (login, test_certificate_get_ca_pem (), NULL);
  return login;
}

char *
test_server_dup_received (TestServer *self, guint n, gsize *length)
{
  char *copy;
  gsize size = 0;

  g_mutex_lock (&self->lock);
  if (n < self->received->len)
    {
      GByteArray *bytes = g_ptr_array_index (self->received, n);

      size = bytes->len;
      copy = g_malloc (size + 1);
      if (size > 0)
        memcpy (copy, bytes->data, size);
      copy[size] = '\0';
    }
  else
    copy = g_strdup ("");
  g_mutex_unlock (&self->lock);
  if (length)
    *length = size;
  return copy;
}

guint
test_server_get_n_connections (TestServer *self)
{
  guint n;

  g_mutex_lock (&self->lock);
  n = self->received->len + (self->is_busy ? 1 : 0);
  g_mutex_unlock (&self->lock);
  return n;
}
