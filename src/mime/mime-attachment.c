/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A file that came with a message: its bytes stay encoded in the message's source until somebody wants them. */
#include "mime-attachment.h"

#include <string.h>

#include "mime-name.h"
#include "mime-report.h"

struct _MimeAttachment
{
  GObject parent_instance;

  char *name;
  char *content_type;
  char *content_id;
  gint64 size;
  gboolean is_inline;
  gboolean is_machinery;

  GBytes *body;                   /* of the part, still encoded */
  GMimeContentEncoding encoding;
};

enum
{
  PROP_NAME = 1,
  PROP_CONTENT_TYPE,
  PROP_SIZE,
  PROP_IS_INLINE,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (MimeAttachment, mime_attachment, G_TYPE_OBJECT)

static void
mime_attachment_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  MimeAttachment *self = MIME_ATTACHMENT (object);

  switch (id)
    {
    case PROP_NAME:
      g_value_set_string (value, self->name);
      break;
    case PROP_CONTENT_TYPE:
      g_value_set_string (value, self->content_type);
      break;
    case PROP_SIZE:
      g_value_set_int64 (value, self->size);
      break;
    case PROP_IS_INLINE:
      g_value_set_boolean (value, self->is_inline);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
mime_attachment_finalize (GObject *object)
{
  MimeAttachment *self = MIME_ATTACHMENT (object);

  g_free (self->name);
  g_free (self->content_type);
  g_free (self->content_id);
  g_bytes_unref (self->body);
  G_OBJECT_CLASS (mime_attachment_parent_class)->finalize (object);
}

static void
mime_attachment_class_init (MimeAttachmentClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS;

  object_class->get_property = mime_attachment_get_property;
  object_class->finalize = mime_attachment_finalize;
  properties[PROP_NAME] = g_param_spec_string ("name", NULL, NULL, "", flags);
  properties[PROP_CONTENT_TYPE] = g_param_spec_string ("content-type", NULL, NULL, "", flags);
  properties[PROP_SIZE] = g_param_spec_int64 ("size", NULL, NULL, 0, G_MAXINT64, 0, flags);
  properties[PROP_IS_INLINE] = g_param_spec_boolean ("is-inline", NULL, NULL, FALSE, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
mime_attachment_init (MimeAttachment *self)
{
}

static gsize
find_header_end (const GByteArray *bytes)
{
  const guint8 *p = bytes->data, *end = p + bytes->len;

  while ((p = memchr (p, '\n', end - p)))
    {
      p++;
      if (p < end && (*p == '\n' || (*p == '\r' && p + 1 < end && p[1] == '\n')))
        return p - bytes->data;
    }
  return bytes->len;
}

/* A message that was attached is known by its subject. */
static char *
name_message (const MimePart *part)
{
  g_autoptr (GByteArray) bytes = mime_part_decode (part);
  g_autoptr (MimePart) message = NULL;
  const MimeField *subject;
  g_autofree char *text = NULL;

  if (bytes->len == 0)
    return NULL;
  message = mime_part_parse ((char *) bytes->data, find_header_end (bytes), NULL);
  subject = mime_header_find (message->fields, "Subject");
  text = subject ? mime_header_decode_line (subject, NULL) : NULL;
  if (!text || !*text)
    return NULL;
  for (char *p = text; *p; p++) /* "Re: a/b" is a title, not a path */
    if (*p == '/' || *p == '\\')
      *p = '_';
  return g_strconcat (text, ".eml", NULL);
}

MimeAttachment *
mime_attachment_new_part (GBytes *source, const MimePart *part, gboolean is_inline)
{
  MimeAttachment *self = g_object_new (MIME_TYPE_ATTACHMENT, NULL);
  g_autofree char *name = mime_part_dup_file_name (part);
  const char *data = g_bytes_get_data (source, NULL);

  if (!name && (mime_part_is_type (part, "message/rfc822") || mime_part_is_type (part, "message/global")))
    name = name_message (part);
  self->name = mime_name_clean_file (name, part->type->value);
  self->content_type = g_strdup (part->type->value);
  self->content_id = g_strdup (part->content_id);
  self->is_inline = is_inline;
  self->is_machinery = mime_report_is_machinery (part);
  self->encoding = part->encoding;
  self->size = (gint64) mime_part_get_decoded_size (part);
  self->body = g_bytes_new_from_bytes (source, part->body - data, part->end - part->body);
  return self;
}

MimeAttachment *
mime_attachment_new_data (const char *name, const char *content_type, GBytes *data)
{
  MimeAttachment *self = g_object_new (MIME_TYPE_ATTACHMENT, NULL);

  self->name = mime_name_clean_file (name, content_type);
  self->content_type = g_strdup (content_type);
  self->encoding = GMIME_CONTENT_ENCODING_BINARY;
  self->size = (gint64) g_bytes_get_size (data);
  self->body = g_bytes_ref (data);
  return self;
}

const char *
mime_attachment_get_name (MimeAttachment *self)
{
  return self->name;
}

const char *
mime_attachment_get_content_type (MimeAttachment *self)
{
  return self->content_type;
}

gint64
mime_attachment_get_size (MimeAttachment *self)
{
  return self->size;
}

const char *
mime_attachment_get_disposition (MimeAttachment *self)
{
  return self->is_inline ? "inline" : "attachment";
}

gboolean
mime_attachment_is_machinery (MimeAttachment *self)
{
  return self->is_machinery;
}

const char *
mime_attachment_get_content_id (MimeAttachment *self)
{
  return self->content_id;
}

GBytes *
mime_attachment_dup_data (MimeAttachment *self)
{
  gsize length;
  const char *data = g_bytes_get_data (self->body, &length);
  MimePart part = { .body = data, .end = data + length, .encoding = self->encoding };

  if (self->encoding == GMIME_CONTENT_ENCODING_BINARY || length == 0)
    return g_bytes_ref (self->body);
  return g_byte_array_free_to_bytes (mime_part_decode (&part));
}

char *
mime_attachment_dup_sha256 (MimeAttachment *self)
{
  g_autoptr (GBytes) data = mime_attachment_dup_data (self);

  return g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, data);
}
