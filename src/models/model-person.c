/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One row of people. */
#include "model-person.h"

struct _ModelPerson
{
  GObject parent_instance;

  ModelPersonKind kind;
  gint64 id;
  char *name;
  char *address;
  guint n_members;
};

G_DEFINE_FINAL_TYPE (ModelPerson, model_person, G_TYPE_OBJECT)

static void
model_person_finalize (GObject *object)
{
  ModelPerson *self = MODEL_PERSON (object);

  g_free (self->name);
  g_free (self->address);
  G_OBJECT_CLASS (model_person_parent_class)->finalize (object);
}

static void
model_person_class_init (ModelPersonClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = model_person_finalize;
}

static void
model_person_init (ModelPerson *self)
{
}

ModelPerson *
model_person_new (ModelPersonKind kind, gint64 id, const char *name, const char *address, guint n_members)
{
  ModelPerson *self = g_object_new (MODEL_TYPE_PERSON, NULL);

  self->kind = kind;
  self->id = id;
  self->name = g_strdup (name);
  self->address = g_strdup (address);
  self->n_members = n_members;
  return self;
}

ModelPersonKind
model_person_get_kind (ModelPerson *self)
{
  return self->kind;
}

gint64
model_person_get_id (ModelPerson *self)
{
  return self->id;
}

const char *
model_person_get_name (ModelPerson *self)
{
  return self->name;
}

const char *
model_person_get_address (ModelPerson *self)
{
  return self->address;
}

guint
model_person_get_n_members (ModelPerson *self)
{
  return self->n_members;
}
