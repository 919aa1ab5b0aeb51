/* SPDX-License-Identifier: GPL-3.0-or-later */
/* RETR and TOP. */
#include "pop3-retrieve.h"

#include "pop3-digest.h"
#include "pop3-reply.h"

/* What a server may send of one message before we believe that it will never end. */
#define ENDLESS ((gint64) POP3_MESSAGE_LIMIT * 4)
#define GUESS_LIMIT (4 * 1024 * 1024)
#define HEADERS_LIMIT (1024 * 1024)

/* Sends on until the window is full. The window is filled again when it is half empty, so that commands travel in packets and
 * not one by one. */
static gboolean
send_ahead (Pop3Session *session, const Pop3Request *requests, gsize n_requests, gsize n_answered, gsize *n_sent,
            GCancellable *cancellable, GError **error)
{
  gsize window = pop3_session_get_window (session);

  if (*n_sent - n_answered > window / 2)
    return TRUE;
  for (; *n_sent < n_requests && *n_sent - n_answered < window; ++*n_sent)
    {
      const Pop3Request *request = &requests[*n_sent];
      char line[32];

      g_snprintf (line, sizeof line, request->only_headers ? "TOP %u 0" : "RETR %u", request->number);
      if (!pop3_session_send (session, line, cancellable, error))
        return FALSE;
    }
  return TRUE;
}

/* What is kept of a message that is too large to be kept: enough for its row in the list. */
static void
keep_headers (GByteArray *message)
{
  gsize length = pop3_digest_measure_headers ((const char *) message->data, message->len);

  g_byte_array_set_size (message, (guint) MIN (length, HEADERS_LIMIT));
}

/* Reads a body to its final dot into a new array; bytes over the limit are read and thrown away, so that the session goes on. */
static GByteArray *
read_message (Pop3Session *session, const Pop3Request *request, Pop3Retrieved *answer, GCancellable *cancellable, GError **error)
{
  gsize guess = request->only_headers ? 4096 : (gsize) CLAMP (request->size + 64, 4096, GUESS_LIMIT);
  gint64 limit = request->only_headers ? HEADERS_LIMIT : POP3_MESSAGE_LIMIT;
  g_autoptr (GByteArray) message = g_byte_array_sized_new ((guint) guess);
  g_autoptr (GByteArray) rest = NULL;
  Pop3Event event;

  do
    {
      GByteArray *target = rest != NULL ? rest : message;

      event = pop3_session_read_block (session, target, cancellable, error);
      if (event == POP3_EVENT_BROKEN)
        return NULL;
      if (rest != NULL)
        {
          answer->size += rest->len;
          g_byte_array_set_size (rest, 0);
        }
      else if (message->len > limit)
        {
          answer->size = message->len;
          answer->is_too_large = !request->only_headers;
          keep_headers (message);
          rest = g_byte_array_new ();
        }
      if (answer->size > ENDLESS)
        {
          pop3_session_break (session, "a message has no end", error);
          return NULL;
        }
    }
  while (event != POP3_EVENT_END);
  if (rest == NULL)
    answer->size = message->len;
  if (request->only_headers)
    keep_headers (message);
  return g_steal_pointer (&message);
}

static gboolean
take_answer (Pop3Session *session, const Pop3Request *request, gsize index, Pop3RetrieveFunc func, gpointer data,
             GCancellable *cancellable, GError **error)
{
  g_autoptr (GString) text = g_string_new (NULL);
  g_autoptr (GByteArray) message = NULL;
  g_autoptr (GBytes) source = NULL;
  g_autoptr (GError) refusal = NULL;
  Pop3Retrieved answer = { 0 };

  switch (pop3_session_read_status (session, POP3_REPLY_MESSAGE, text, cancellable, error))
    {
    case POP3_EVENT_OK:
      message = read_message (session, request, &answer, cancellable, error);
      if (message == NULL)
        return FALSE;
      pop3_session_trace_note (session, "… %" G_GINT64_FORMAT " bytes", answer.size);
      answer.source = source = g_byte_array_free_to_bytes (g_steal_pointer (&message));
      return func (index, &answer, data, error);
    case POP3_EVENT_ERR:
      pop3_reply_set_error (&refusal, BASE_ERROR_REFUSED, "a message", text->str);
      pop3_session_describe (session, refusal);
      answer.refusal = refusal;
      return func (index, &answer, data, error);
    default:
      return FALSE;
    }
}

gboolean
pop3_retrieve (Pop3Session *session, const Pop3Request *requests, gsize n_requests,
               Pop3RetrieveFunc func, gpointer data, GCancellable *cancellable, GError **error)
{
  gsize n_sent = 0;

  for (gsize i = 0; i < n_requests; i++)
    if (!send_ahead (session, requests, n_requests, i, &n_sent, cancellable, error)
        || !take_answer (session, &requests[i], i, func, data, cancellable, error))
      {
        /* Replies to what was sent ahead are still coming. */
        pop3_session_close (session);
        return FALSE;
      }
  return TRUE;
}
