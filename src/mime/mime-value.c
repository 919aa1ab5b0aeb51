/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What GMime read of a value with parameters, kept as plain data: GMime decodes on demand, and so its objects belong to one thread. */
#include "mime-part.h"

#include <string.h>

#define MAX_VALUE 200

static MimeValue *
mime_value_new (char *value, GMimeParamList *parameters)
{
  MimeValue *self = g_new0 (MimeValue, 1);

  self->names = g_ptr_array_new_with_free_func (g_free);
  self->values = g_ptr_array_new_with_free_func (g_free);
  self->value = value;
  for (int i = 0, n = parameters ? g_mime_param_list_length (parameters) : 0; i < n; i++)
    {
      GMimeParam *parameter = g_mime_param_list_get_parameter_at (parameters, i);
      const char *text = g_mime_param_get_value (parameter);

      if (!text || !*text || mime_value_get (self, g_mime_param_get_name (parameter)))
        continue;
      g_ptr_array_add (self->names, g_ascii_strdown (g_mime_param_get_name (parameter), -1));
      g_ptr_array_add (self->values, g_utf8_make_valid (text, -1));
    }
  return self;
}

MimeValue *
mime_value_new_type (GMimeContentType *type)
{
  g_autofree char *text = g_mime_content_type_get_mime_type (type);

  return mime_value_new (g_ascii_strdown (text, MIN (strlen (text), MAX_VALUE)), g_mime_content_type_get_parameters (type));
}

MimeValue *
mime_value_new_disposition (GMimeContentDisposition *disposition)
{
  const char *text = g_mime_content_disposition_get_disposition (disposition);

  return mime_value_new (g_ascii_strdown (text ? text : "", text ? (gssize) MIN (strlen (text), MAX_VALUE) : 0),
                         g_mime_content_disposition_get_parameters (disposition));
}

void
mime_value_free (MimeValue *self)
{
  g_free (self->value);
  g_ptr_array_unref (self->names);
  g_ptr_array_unref (self->values);
  g_free (self);
}

const char *
mime_value_get (const MimeValue *self, const char *name)
{
  for (guint i = 0; self && i < self->names->len; i++)
    if (g_ascii_strcasecmp (g_ptr_array_index (self->names, i), name) == 0)
      return g_ptr_array_index (self->values, i);
  return NULL;
}
