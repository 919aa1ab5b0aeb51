/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One row of people: a contact, a group of contacts, or somebody known from mail. Immutable. */
#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

typedef enum
{
  MODEL_PERSON_CONTACT,
  MODEL_PERSON_CORRESPONDENT, /* known from mail alone */
  MODEL_PERSON_GROUP,
} ModelPersonKind;

#define MODEL_TYPE_PERSON (model_person_get_type ())
G_DECLARE_FINAL_TYPE (ModelPerson, model_person, MODEL, PERSON, GObject)

ModelPerson *model_person_new (ModelPersonKind kind, gint64 id, const char *name, const char *address, guint n_members);

ModelPersonKind model_person_get_kind (ModelPerson *self);
gint64 model_person_get_id (ModelPerson *self);            /* of a contact or group in a list; 0 elsewhere */
const char *model_person_get_name (ModelPerson *self);     /* "" when none is known */
const char *model_person_get_address (ModelPerson *self);  /* of a suggested group all its members, as a list of addresses */
guint model_person_get_n_members (ModelPerson *self);

G_END_DECLS
