/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The pictures attached to a message, which stand below its text. */
#include "model-pictures.h"

#include <string.h>

#define MAX_PICTURES 20
#define MAX_BYTES (64 << 20)
#define ID "attached-picture."
#define END "</body></html>"  /* as html/ ends every page */

typedef struct
{
  char *id;
  char *name;
  const char *type;   /* one of `types` */
  GBytes *data;
} Picture;

struct _ModelPictures
{
  GPtrArray *list;    /* of Picture */
};

/* SVG is a program's drawing, and may be one that never ends. */
static const char *const types[] = { "image/jpeg", "image/png", "image/gif", "image/webp", "image/bmp" };

static void
picture_free (gpointer data)
{
  Picture *self = data;

  g_free (self->id);
  g_free (self->name);
  g_bytes_unref (self->data);
  g_free (self);
}

static const char *
find_type (const char *type)
{
  for (guint i = 0; type && i < G_N_ELEMENTS (types); i++)
    if (g_str_equal (types[i], type))
      return types[i];
  return NULL;
}

/* Many programs send pictures as application/octet-stream: then the name tells. */
static const char *
guess_type (MimeAttachment *attachment)
{
  const char *type = mime_attachment_get_content_type (attachment);
  g_autofree char *guess = NULL;
  g_autofree char *guessed = NULL;

  if (g_str_equal (type, "image/jpg") || g_str_equal (type, "image/pjpeg"))
    return types[0];
  if (!g_str_equal (type, "application/octet-stream"))
    return find_type (type);
  guess = g_content_type_guess (mime_attachment_get_name (attachment), NULL, 0, NULL);
  guessed = g_content_type_get_mime_type (guess);
  return find_type (guessed);
}

static void
add (ModelPictures *self, MimeAttachment *attachment, const char *type)
{
  Picture *picture = g_new0 (Picture, 1);

  picture->id = g_strdup_printf (ID "%u", self->list->len);
  picture->name = g_strdup (mime_attachment_get_name (attachment));
  picture->type = type;
  picture->data = mime_attachment_dup_data (attachment);
  g_ptr_array_add (self->list, picture);
}

ModelPictures *
model_pictures_new (MimeMessage *message, GHashTable *shown)
{
  ModelPictures *self = g_new0 (ModelPictures, 1);
  GListModel *attachments = mime_message_get_attachments (message);
  guint n = g_list_model_get_n_items (attachments);
  gint64 all = 0;

  self->list = g_ptr_array_new_with_free_func (picture_free);
  for (guint i = 0; i < n && self->list->len < MAX_PICTURES; i++)
    {
      g_autoptr (MimeAttachment) attachment = g_list_model_get_item (attachments, i);
      const char *id = mime_attachment_get_content_id (attachment);
      const char *type = guess_type (attachment);
      gint64 size = mime_attachment_get_size (attachment);

      if (!type || size <= 0 || all + size > MAX_BYTES || (id && g_hash_table_contains (shown, id)))
        continue;
      all += size;
      add (self, attachment, type);
    }
  if (self->list->len > 0)
    return self;
  model_pictures_free (self);
  return NULL;
}

void
model_pictures_free (ModelPictures *self)
{
  g_ptr_array_unref (self->list);
  g_free (self);
}

GBytes *
model_pictures_ref (ModelPictures *self, const char *content_id, const char **type)
{
  for (guint i = 0; i < self->list->len; i++)
    {
      const Picture *picture = self->list->pdata[i];

      if (!g_str_equal (picture->id, content_id))
        continue;
      *type = picture->type;
      return g_bytes_ref (picture->data);
    }
  return NULL;
}

char *
model_pictures_dup_page (ModelPictures *self, const char *page)
{
  const char *end = g_strrstr (page, END);
  g_autoptr (GString) html = g_string_new_len (page, end ? end - page : (gssize) strlen (page));

  g_string_append (html, "<div style=\"clear:both;font:14px sans-serif;text-align:start\">");
  for (guint i = 0; i < self->list->len; i++)
    {
      const Picture *picture = self->list->pdata[i];
      g_autofree char *name = g_markup_escape_text (picture->name, -1);

      g_string_append_printf (html, "<div style=\"margin:18px 0 0;padding:12px 0 0;border-top:1px solid rgba(128,128,128,.5)\">"
                                    "<img src=\"cid:%s\" alt=\"%s\" style=\"max-width:100%%;height:auto\">"
                                    "<div dir=\"auto\" style=\"opacity:.7;margin-top:4px\">%s</div></div>", picture->id, name, name);
    }
  g_string_append (html, "</div>");
  if (end)
    g_string_append (html, end);
  return g_string_free (g_steal_pointer (&html), FALSE);
}
