/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Finds "data:" pictures in a clean page and makes parts of them. */
#include "model-page-pictures.h"

#include <string.h>

#define SOURCE " src=\"data:"   /* as html_clean () writes it; a quote in a text or in another attribute is a reference there */
#define MAX_PICTURES 500         /* of one page; more stay as they are */

static const struct
{
  const char *type, *extension;
} kinds[] = {
  { "image/png", "png" }, { "image/jpeg", "jpg" }, { "image/jpg", "jpg" }, { "image/gif", "gif" }, { "image/webp", "webp" },
};

static gboolean
has_picture (const MimeDraft *value, const char *id)
{
  for (guint i = 0; i < value->pictures->len; i++)
    if (g_str_equal (((const MimeDraftFile *) g_ptr_array_index (value->pictures, i))->content_id, id))
      return TRUE;
  return FALSE;
}

/* The name by which a picture is known comes from what it shows: saved again it is the same, and shown twice it is sent once. */
static char *
add_picture (MimeDraft *value, gsize kind, GBytes *bytes)
{
  g_autofree char *sum = g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, bytes);
  char *id = g_strdup_printf ("%.32s", sum);
  g_autofree char *name = g_strdup_printf ("picture-%u.%s", value->pictures->len + 1, kinds[kind].extension);

  if (!has_picture (value, id))
    mime_draft_add_picture (value, id, name, g_str_equal (kinds[kind].extension, "jpg") ? "image/jpeg" : kinds[kind].type, bytes);
  return id;
}

/* @uri: behind "data:" (RFC 2397); only base64 of what every program shows is taken */
static char *
take_picture (MimeDraft *value, const char *uri, gsize length)
{
  const char *comma = memchr (uri, ',', length);
  gsize head = comma ? (gsize) (comma - uri) : 0, n_bytes;
  g_autofree char *text = NULL;
  guchar *data;

  if (head < strlen (";base64") || g_ascii_strncasecmp (comma - strlen (";base64"), ";base64", strlen (";base64")) != 0)
    return NULL;
  text = g_uri_unescape_segment (comma + 1, uri + length, NULL);
  data = text ? g_base64_decode (text, &n_bytes) : NULL;
  for (gsize i = 0; data && n_bytes > 0 && i < G_N_ELEMENTS (kinds); i++)
    if (g_ascii_strncasecmp (uri, kinds[i].type, strlen (kinds[i].type)) == 0 && uri[strlen (kinds[i].type)] == ';')
      {
        g_autoptr (GBytes) bytes = g_bytes_new_take (data, n_bytes);

        return add_picture (value, i, bytes);
      }
  g_free (data);
  return NULL;
}

void
model_page_pictures_take (MimeDraft *value)
{
  g_autoptr (GString) html = NULL;
  const char *done = value->html, *place;
  guint n = 0;

  for (const char *from = done; n < MAX_PICTURES && (place = strstr (from, SOURCE)); n++)
    {
      const char *uri = place + strlen (SOURCE), *end = strchr (uri, '"');
      g_autofree char *id = end ? take_picture (value, uri, (gsize) (end - uri)) : NULL;

      from = end ? end : uri;
      if (!id)
        continue;
      if (!html)
        html = g_string_new (NULL);
      g_string_append_len (html, done, place - done);
      g_string_append_printf (html, " src=\"cid:%s", id);
      done = end;
    }
  if (!html)
    return;
  g_string_append (html, done);
  g_free (value->html);
  value->html = g_string_free (g_steal_pointer (&html), FALSE);
}
